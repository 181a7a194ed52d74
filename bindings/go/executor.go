package logitude

// #include <logitude/logitude.h>
// int32_t lgtGoRun(void *user, size_t tasks, lgt_task task, void *arg);
// static void lgtGoTask(lgt_task task, void *arg, size_t index) { task(arg, index); }
// static lgt_run lgtGoExecutor(void) { return lgtGoRun; }
import "C"

import (
	"sync"
	"unsafe"
)

// executor shares the tasks of a call out among goroutines; with up to one worker, nothing
// is to be shared out.
func executor(workers uint32) C.lgt_run {
	if workers <= 1 {
		return nil
	}
	return C.lgtGoExecutor()
}

func run(tasks C.size_t, task C.lgt_task, arg unsafe.Pointer) {
	var all sync.WaitGroup
	all.Add(int(tasks))
	for i := C.size_t(0); i < tasks; i++ {
		go func(index C.size_t) {
			defer all.Done()
			C.lgtGoTask(task, arg, index)
		}(i)
	}
	all.Wait()
}
