package logitude

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"testing"
)

// Every function of the library, called with what tests/calls.json says, answers what is
// recorded there, at every level of this machine.
func TestCalls(t *testing.T) {
	r := newReplayer(t)
	var calls []*call
	read(t, "../../tests/calls.json", &calls)
	called := map[string]bool{}
	for _, c := range calls {
		called[c.Function] = true
	}
	for name := range r.entries {
		if functions[name] == nil || !called[name] {
			t.Errorf("%s is not bound, or not called", name)
		}
	}
	before := CpuLevel()
	defer CpuSetLevel(before)
	for level := uint32(LevelPortable); level <= before; level++ {
		for _, c := range calls {
			// The last call leaves another level.
			if err := CpuSetLevel(level); err != nil {
				t.Fatal(err)
			}
			r.check(t, c)
		}
	}
}

func (r *replayer) check(t *testing.T, c *call) {
	t.Helper()
	memory, near := r.memory(c), 1e-12
	if dtype := r.entries[c.Function].Dtype; dtype != nil && *dtype != "f64" {
		near = 1e-6
	}
	for step := c; step != nil; step = step.Then {
		answer := r.call(step, memory)
		if step.Returns == nil {
			continue
		}
		of := reflect.TypeOf(answer)
		if of.Kind() == reflect.String && answer != step.Returns ||
			of.Kind() != reflect.String && !agrees(reflect.ValueOf(answer), number(step.Returns, of), near) {
			t.Errorf("%s returns %v, not %v", step.Function, answer, step.Returns)
		}
	}
	for i, b := range c.Memory {
		if problem := r.compare(memory[i], b, near); problem != "" {
			t.Errorf("%s, block %d: %s", c.Function, i, problem)
		}
	}
}

// compare says what of a block is not as recorded.
func (r *replayer) compare(room reflect.Value, b block, near float64) string {
	recorded := b.Before
	if string(b.After) == "null" {
		return ""
	} else if b.After != nil {
		recorded = nil
		decoder := json.NewDecoder(bytes.NewReader(b.After))
		decoder.UseNumber()
		if err := decoder.Decode(&recorded); err != nil {
			return err.Error()
		}
	}
	if b.Type == "bytes" {
		return compareBytes(room.Bytes(), unpacked(recorded), b.Near, near)
	}
	for n := 0; n < b.N; n++ {
		var problem string
		if recorded, problem = r.compareOne(room.Index(n), b.Type, recorded, near); problem != "" {
			return fmt.Sprintf("element %d: %s", n, problem)
		}
	}
	return ""
}

func (r *replayer) compareOne(of reflect.Value, c string, recorded []any, near float64) (rest []any, problem string) {
	if fields, ok := r.fields[c]; ok {
		for _, f := range fields {
			if recorded, problem = r.compareOne(of.FieldByName(exported(f.Name)), f.C, recorded, near); problem != "" {
				return nil, f.Name + ": " + problem
			}
		}
		return recorded, ""
	}
	var was any = json.Number("0")
	if len(recorded) > 0 {
		was, rest = recorded[0], recorded[1:]
	}
	// An address, or what differs from time to time.
	if _, address := was.([]any); !of.IsValid() || was == nil || address {
		return rest, ""
	}
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Interface:
		return rest, ""
	}
	if !agrees(of, number(was, of.Type()), near) {
		return nil, fmt.Sprintf("%v, not %v", of, was)
	}
	return rest, ""
}

func compareBytes(answer, recorded []byte, words []int, near float64) string {
	recorded = append(recorded, make([]byte, len(answer)-len(recorded))...)
	doubles := map[int]bool{}
	for _, word := range words {
		doubles[word] = true
	}
	for at := range answer {
		word := at / 8
		if answer[at] == recorded[at] {
			continue
		}
		if !doubles[word] || !close(double(answer[word*8:]), double(recorded[word*8:]), near) {
			return fmt.Sprintf("byte %d differs", at)
		}
	}
	return ""
}

func double(of []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(of)) }

func close(answer, recorded, near float64) bool {
	return answer == recorded || math.IsNaN(answer) && math.IsNaN(recorded) ||
		math.Abs(answer-recorded) <= near*math.Max(1, math.Abs(recorded))
}

func agrees(answer, recorded reflect.Value, near float64) bool {
	switch answer.Interface().(type) {
	case float32, float64:
		return close(answer.Float(), recorded.Float(), near)
	case Float16, BFloat16:
		return math.Abs(float64(answer.Uint())-float64(recorded.Uint())) <= 1
	}
	return answer.Interface() == recorded.Interface()
}
