package logitude

import (
	"encoding/binary"
	"math"
	"unsafe"
)

// Float16 and BFloat16 are 16-bit floats, as their bits.
type (
	Float16  uint16
	BFloat16 uint16
)

// Float is what functions without a storage type in their name take.
type Float interface{ float32 | float64 }

// at is where a slice starts; NULL if it is empty.
func at[T any](slice []T) unsafe.Pointer {
	if len(slice) == 0 {
		return nil
	}
	return unsafe.Pointer(&slice[0])
}

// numbers are a slice whose type is known at run time.
type numbers struct {
	at   unsafe.Pointer
	len  int
	code uint32
	size int
}

// numbersOf takes a slice of integers or floats. nil is no array, anything else one whose
// type no function knows.
func numbersOf(slice any) numbers {
	switch s := slice.(type) {
	case nil:
		return numbers{code: I32}
	case []int8:
		return numbers{at(s), len(s), I8, 1}
	case []int16:
		return numbers{at(s), len(s), I16, 2}
	case []int32:
		return numbers{at(s), len(s), I32, 4}
	case []int64:
		return numbers{at(s), len(s), I64, 8}
	case []int:
		return numbers{at(s), len(s), I64 - (8-uint32(unsafe.Sizeof(0)))/4, int(unsafe.Sizeof(0))}
	case []uint8:
		return numbers{at(s), len(s), U8, 1}
	case []uint16:
		return numbers{at(s), len(s), U16, 2}
	case []uint32:
		return numbers{at(s), len(s), U32, 4}
	case []uint64:
		return numbers{at(s), len(s), U64, 8}
	case []float32:
		return numbers{at(s), len(s), F32, 4}
	case []float64:
		return numbers{at(s), len(s), F64, 8}
	case []Float16:
		return numbers{at(s), len(s), F16, 2}
	case []BFloat16:
		return numbers{at(s), len(s), Bf16, 2}
	}
	return numbers{code: ^uint32(0)}
}

// fits, rowsFit and whole tell whether a slice is as long as C expects. Nothing is left to
// C, which says what it makes of NULL. Sizes are floats so that they cannot overflow.
func fits(length int, count float64) bool {
	return length == 0 || count >= 0 && count <= float64(length)
}

func rowsFit(length int, rows, cols, stride float64) bool {
	if length == 0 || rows == 0 || cols == 0 {
		return true
	}
	return rows > 0 && cols > 0 && stride >= 0 && (rows-1)*stride+cols <= float64(length)
}

// whole is of states and models, whose head says how many bytes they are.
func whole(state []byte) bool {
	return len(state) == 0 || len(state) >= 16 && word(state, 8) <= uint64(len(state))
}

func word(state []byte, at int) uint64 { return uint64(binary.LittleEndian.Uint32(state[at:])) }

// param is what a state was made for: as many classes, say.
func param(state []byte) float64 {
	if len(state) < 16 {
		return 0
	}
	return float64(word(state, 12))
}

// dims are those of a spherical layer.
func dims(layer []byte) float64 {
	if len(layer) < 24 {
		return 0
	}
	return float64(binary.LittleEndian.Uint64(layer[16:]))
}

// picked is how many columns a mask leaves.
func (it *SoftmaxOpts) picked(cols int) float64 {
	if it == nil || it.Mask == nil || it.Mask.Columns == nil {
		return float64(cols)
	}
	return float64(it.Mask.Count)
}

// whole is of as many rows; nil is left to C.
func (it *Csr) whole(rows int) bool {
	if it == nil {
		return true
	}
	starts, entries := numbersOf(it.Indptr).len, numbersOf(it.Indices).len
	return rows >= 0 && starts > rows && uint(entries) >= it.Nnz
}

func (it *Csr) entries() float64 {
	if it == nil {
		return 0
	}
	return float64(it.Nnz)
}

func floor(x float64) float64 { return math.Floor(x) }

func pick(condition bool, then, other float64) float64 {
	if condition {
		return then
	}
	return other
}

// room is memory for a state: C wants 8-byte alignment, which make([]byte) does not promise.
func room(bytes int) []byte {
	words := make([]uint64, (bytes+7)/8)
	return unsafe.Slice((*byte)(at(words)), len(words)*8)[:bytes]
}

// sized is as much room as a function says is needed.
func sized(ask func(needed *uint) error) ([]byte, error) {
	var needed uint
	if err := ask(&needed); err != nil {
		return nil, err
	}
	return room(int(needed)), nil
}

// given is 1 for an array that is there.
func given[T any](slice []T) uint32 {
	if len(slice) > 0 {
		return 1
	}
	return 0
}

// single, same and one say of T that it is the type it is.
func single[T Float]() bool { return unsafe.Sizeof(*new(T)) == 4 }

func same[U, T Float](slice []T) []U {
	as, _ := any(slice).([]U)
	return as
}

func one[U, T Float](to *T) *U {
	as, _ := any(to).(*U)
	return as
}
