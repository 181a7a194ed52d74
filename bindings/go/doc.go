// Package logitude is what comes after the logits: softmax and its relatives, calibration,
// scores. It binds the C library of the same name.
//
// Each function of C is here under its name: lgt_softmax_f32 is SoftmaxF32. A slice says
// how long it is and of which numbers, so such arguments are left out; one that is too
// short is an error, ESize. nil is NULL.
//
// Functions without F32 or F64 in their name take slices of either, in rows without gaps,
// allocate scratch, and return their results: Softmax, TemperatureFit. States are types:
// NewEceTopLabelState.
//
// Errors of C are errors; so are its advisories, which Failed tells apart.
package logitude

// #cgo LDFLAGS: -llogitude
import "C"
