package logitude

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unsafe"
)

// The parts of api.json and calls.json that making the calls needs.
type (
	table struct {
		Structs []struct {
			Name   string
			Fields []field
		}
		Functions []entry
	}
	field struct{ Name, C string }
	entry struct {
		Name  string
		Dtype *string
		Args  []struct {
			Name, C string
			Extent  struct{ Kind, Size, Element string }
		}
	}
	call struct {
		Function string
		Args     []any
		Memory   []block
		Returns  any
		Then     *call
	}
	block struct {
		Type   string
		N      int
		Before []any
		After  json.RawMessage
		Near   []int
	}
)

func read(t *testing.T, path string, into any) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		t.Fatal(path, err)
	}
}

// replayer makes the calls of tests/calls.json; tests/calls.md says what stands there.
type replayer struct {
	entries map[string]entry
	fields  map[string][]field
	types   map[string]reflect.Type
}

func newReplayer(t *testing.T) *replayer {
	var api table
	read(t, "../../include/logitude/api.json", &api)
	r := &replayer{map[string]entry{}, map[string][]field{}, map[string]reflect.Type{
		"float": reflect.TypeOf(float32(0)), "double": reflect.TypeOf(0.0),
		"size_t": reflect.TypeOf(uint(0)), "bytes": reflect.TypeOf(byte(0)),
		"lgt_f16": reflect.TypeOf(Float16(0)), "lgt_bf16": reflect.TypeOf(BFloat16(0)),
	}}
	for _, x := range []any{int8(0), int16(0), int32(0), int64(0), uint8(0), uint16(0), uint32(0), uint64(0)} {
		r.types[reflect.TypeOf(x).Name()+"_t"] = reflect.TypeOf(x)
	}
	for _, x := range api.Structs {
		r.fields[x.Name] = x.Fields
	}
	for _, x := range api.Functions {
		r.entries[x.Name] = x
		r.learn(x)
	}
	return r
}

// learn finds Go's structs among the parameters.
func (r *replayer) learn(function entry) {
	of := reflect.TypeOf(functions[function.Name])
	for i, at := 0, 0; i < len(function.Args); i++ {
		if function.leftOut(i) {
			continue
		}
		c := strings.TrimSuffix(strings.TrimPrefix(function.Args[i].C, "const "), " *")
		if in := of.In(at); r.fields[c] != nil {
			r.types[c] = in.Elem()
		}
		at++
	}
}

// leftOut is of arguments that a slice makes unnecessary.
func (e entry) leftOut(i int) bool {
	for _, arg := range e.Args {
		if name := e.Args[i].Name; name == arg.Extent.Size || name == arg.Extent.Element {
			return true
		}
	}
	return false
}

// memory is a slice for each block.
func (r *replayer) memory(c *call) []reflect.Value {
	made := make([]reflect.Value, len(c.Memory))
	for i, b := range c.Memory {
		if made[i] = reflect.MakeSlice(reflect.SliceOf(r.types[b.Type]), b.N, b.N); b.Type == "bytes" {
			made[i] = reflect.ValueOf(room(b.N))
		}
	}
	for i, b := range c.Memory {
		if b.Type == "bytes" {
			reflect.Copy(made[i], reflect.ValueOf(unpacked(b.Before)))
		} else if b.Before != nil {
			rest := b.Before
			for n := 0; n < b.N; n++ {
				rest = r.write(made[i].Index(n), b.Type, rest, made)
			}
		}
	}
	return made
}

// write sets a number or a struct, and returns what is left of the list.
func (r *replayer) write(to reflect.Value, c string, list []any, memory []reflect.Value) []any {
	if fields, ok := r.fields[c]; ok {
		for _, f := range fields {
			list = r.write(to.FieldByName(exported(f.Name)), f.C, list, memory)
		}
		return list
	}
	if to.IsValid() {
		to.Set(value(list[0], to.Type(), memory))
	}
	return list[1:]
}

// exported is lgt_x_y as Go has it: XY.
func exported(name string) string {
	words := strings.Split(name, "_")
	for i, word := range words {
		if word != "" {
			words[i] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return strings.Join(words, "")
}

// value is a number, or what stands for an address, as something of a type.
func value(written any, of reflect.Type, memory []reflect.Value) reflect.Value {
	at, ok := written.([]any)
	switch {
	case written == nil:
		return reflect.Zero(of)
	case !ok:
		return number(written, of)
	}
	slice := memory[integer(at[0])]
	slice = slice.Slice(int(integer(at[1])), slice.Len())
	switch {
	case of.Kind() == reflect.Pointer, of.Kind() == reflect.Interface && slice.Type().Elem().Kind() == reflect.Struct:
		return slice.Index(0).Addr()
	case of.Kind() == reflect.Slice && slice.Type() != of:
		size := slice.Len() * int(slice.Type().Elem().Size()) / int(of.Elem().Size())
		return reflect.ValueOf(unsafe.Slice((*byte)(slice.UnsafePointer()), size))
	}
	return slice
}

func integer(written any) int64 {
	number, _ := strconv.ParseInt(written.(json.Number).String(), 10, 64)
	return number
}

// number is one of JSON, or text that JSON has no number for.
func number(written any, of reflect.Type) reflect.Value {
	text, ok := written.(string)
	if !ok {
		text = written.(json.Number).String()
	}
	made := reflect.New(of).Elem()
	switch {
	case made.CanFloat():
		x, _ := strconv.ParseFloat(text, 64)
		made.SetFloat(x)
	case made.CanInt():
		x, _ := strconv.ParseInt(text, 10, 64)
		made.SetInt(x)
	default:
		x, _ := strconv.ParseUint(text, 10, 64)
		made.SetUint(x)
	}
	return made
}

// unpacked is bytes as hexadecimal digits, and how many zeros where there are many.
func unpacked(written []any) []byte {
	var made []byte
	for _, x := range written {
		if digits, ok := x.(string); ok {
			some, _ := hex.DecodeString(digits)
			made = append(made, some...)
		} else {
			made = append(made, make([]byte, integer(x))...)
		}
	}
	return made
}

// call makes one call; its answer is nil if nothing is returned, and a status a number.
func (r *replayer) call(c *call, memory []reflect.Value) any {
	function, entry := reflect.ValueOf(functions[c.Function]), r.entries[c.Function]
	var given []reflect.Value
	for i, written := range c.Args {
		if !entry.leftOut(i) {
			given = append(given, value(written, function.Type().In(len(given)), memory))
		}
	}
	answers := function.Call(given)
	if len(answers) == 0 {
		return nil
	}
	switch answer := answers[0].Interface().(type) {
	case nil:
		return Status(0)
	case *Error:
		return answer.Status
	default:
		return answer
	}
}
