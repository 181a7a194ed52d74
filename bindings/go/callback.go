package logitude

// #include <logitude/logitude.h>
import "C"

import "unsafe"

// lgtGoRun is what C calls with the tasks of a call. It is apart from the C code that
// executor.go defines, since a file that exports may define none.
//
//export lgtGoRun
func lgtGoRun(_ unsafe.Pointer, tasks C.size_t, task C.lgt_task, arg unsafe.Pointer) C.int32_t {
	run(tasks, task, arg)
	return 0
}
