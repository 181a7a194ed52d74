package logitude

// #include <logitude/logitude.h>
import "C"

import (
	"errors"
	"fmt"
)

// Status is what a call of C returned. As an error it can be compared with:
// errors.Is(err, logitude.EShape).
type Status int32

// Name is that of C: "LGT_E_SHAPE".
func (s Status) Name() string { return StatusName(int32(s)) }

// Error is a sentence on what went wrong.
func (s Status) Error() string { return StatusString(int32(s)) }

// Error is a status and the C function that returned it.
type Error struct {
	Function string
	Status   Status
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s: %s: %s", e.Function, e.Status.Name(), e.Status.Error())
}

func (e *Error) Unwrap() error { return e.Status }

// Failed tells an error from an advisory, after which the results are there but deserve a
// look: a fit that ended at a bound, say.
func Failed(err error) bool {
	var status Status
	return err != nil && (!errors.As(err, &status) || status < 0)
}

func result(function string, status C.lgt_status) error {
	if status == 0 {
		return nil
	}
	return &Error{function, Status(status)}
}

// tooShort is what a slice that ends too early leads to; C is not called.
func tooShort(function string) error { return &Error{function, ESize} }
