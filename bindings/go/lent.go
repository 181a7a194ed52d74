package logitude

// #include <stdlib.h>
import "C"

import (
	"reflect"
	"unsafe"
)

// lent is memory of C for one call. Options may point to options and to arrays, which C
// must not find in Go's memory.
type lent struct {
	rooms  []unsafe.Pointer
	afters []func()
}

// room is zeros.
func (l *lent) room(bytes int) unsafe.Pointer {
	room := C.calloc(1, C.size_t(bytes))
	if room == nil {
		panic("logitude: out of memory")
	}
	l.rooms = append(l.rooms, room)
	return room
}

// after is run when C has returned.
func (l *lent) after(read func()) { l.afters = append(l.afters, read) }

// back reads what C has written and frees the memory.
func (l *lent) back() {
	for _, read := range l.afters {
		read()
	}
	for _, room := range l.rooms {
		C.free(room)
	}
}

func (l *lent) copy(from unsafe.Pointer, bytes int) unsafe.Pointer {
	if from == nil || bytes == 0 {
		return nil
	}
	to := l.room(bytes)
	copy(unsafe.Slice((*byte)(to), bytes), unsafe.Slice((*byte)(from), bytes))
	return to
}

// lend copies a slice for C to read.
func lend[T any](l *lent, slice []T) unsafe.Pointer {
	return l.copy(at(slice), len(slice)*int(unsafe.Sizeof(*new(T))))
}

// borrow is for slices that C writes to.
func borrow[T any](l *lent, slice []T) unsafe.Pointer {
	room := lend(l, slice)
	if room != nil {
		l.after(func() { copy(slice, unsafe.Slice((*T)(room), len(slice))) })
	}
	return room
}

// any lends a slice of numbers, and says of which, or options.
func (l *lent) any(it any, code *uint32) unsafe.Pointer {
	if it == nil {
		return nil
	}
	if to := reflect.ValueOf(it); to.Kind() == reflect.Pointer {
		return l.copy(to.UnsafePointer(), int(to.Type().Elem().Size()))
	}
	numbers := numbersOf(it)
	if code != nil {
		*code = numbers.code
	}
	return l.copy(numbers.at, numbers.len*numbers.size)
}
