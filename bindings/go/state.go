package logitude

// State is the memory of anything that is updated chunk by chunk. Its bytes are all there
// is to it: what was saved here can be loaded and merged on another machine.
type State struct{ bytes []byte }

// Bytes are those of the state itself, as the functions named like those of C take it.
func (s *State) Bytes() []byte { return s.bytes }

// MarshalBinary copies the state.
func (s *State) MarshalBinary() ([]byte, error) {
	return append([]byte(nil), s.bytes...), StateCheck(s.bytes)
}

// UnmarshalBinary loads a state of any kind; methods of another kind refuse it.
func (s *State) UnmarshalBinary(saved []byte) error {
	bytes := room(len(saved))
	copy(bytes, saved)
	if err := StateCheck(bytes); err != nil {
		return err
	}
	s.bytes = bytes
	return nil
}
