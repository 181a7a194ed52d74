package logitude

import (
	"errors"
	"math"
	"reflect"
	"sync"
	"testing"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// scores are rows of numbers that look like logits, and labels that mostly agree with them.
func scores(rows, cols int) (x []float64, labels []int32) {
	for r := 0; r < rows; r++ {
		labels = append(labels, int32((r*7+r/5)%cols))
		for c := 0; c < cols; c++ {
			score := 3 * math.Sin(float64(r*cols+c)*1.7)
			if c == (r*7)%cols {
				score += 4
			}
			x = append(x, score)
		}
	}
	return
}

func TestSoftmaxIsThatOfTheTextbook(t *testing.T) {
	x, _ := scores(5, 4)
	y, lse := make([]float64, len(x)), make([]float64, 5)
	must(t, Softmax(x, y, lse, 5, 4, nil))
	for r := 0; r < 5; r++ {
		sum := 0.0
		for c := 0; c < 4; c++ {
			sum += math.Exp(x[r*4+c])
		}
		for c := 0; c < 4; c++ {
			if !close(y[r*4+c], math.Exp(x[r*4+c])/sum, 1e-14) || !close(lse[r], math.Log(sum), 1e-14) {
				t.Errorf("row %d: %v %v", r, y[r*4:r*4+4], lse[r])
			}
		}
	}
}

func TestSlicesThatAreTooShort(t *testing.T) {
	x, y := make([]float32, 11), make([]float32, 12)
	for name, err := range map[string]error{
		"x":        Softmax(x, y, nil, 3, 4, nil),
		"y":        Softmax(y, x, nil, 3, 4, nil),
		"lse":      Softmax(y, y, x[:2], 3, 4, nil),
		"stride":   SoftmaxF32(y, 5, y, 4, nil, 3, 4, nil),
		"overflow": SoftmaxF32(y, math.MaxInt, y, 4, nil, 3, 4, nil),
		"negative": Softmax(y, y, nil, -3, 4, nil),
		"state":    AccuracyFinish(make([]byte, 15), new(AccuracyReport)),
		"csr": CsrCount(&Csr{Indptr: []int32{0, 1}, Indices: []int32{0}, Nnz: 2}, make([]uint64, 3), 1, 3),
	} {
		if !errors.Is(err, ESize) || !Failed(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestErrorsSayWhatAndWhere(t *testing.T) {
	err := Softmax[float32](nil, nil, nil, 3, 4, nil)
	var of *Error
	if !errors.Is(err, ENull) || !errors.As(err, &of) || of.Function != "lgt_softmax_f32" || of.Status.Name() != "LGT_E_NULL" {
		t.Error(err)
	}
	labels := []int32{0, 9}
	state, err := NewAccuracyState[float32](1)
	must(t, err)
	if err := state.Update(make([]float32, 4), labels, nil, 2, 2); !errors.Is(err, ELabel) {
		t.Error(err)
	}
	if err := state.Update(make([]float32, 4), []string{"a"}, nil, 2, 2); !Failed(err) {
		t.Error(err)
	}
}

func TestAdvisoriesAreNoFailures(t *testing.T) {
	y := []float64{math.Inf(-1), math.Inf(-1)}
	err := Softmax(y, y, nil, 1, 2, nil)
	if !errors.Is(err, EmptyRow) || Failed(err) || !math.IsNaN(y[0]) {
		t.Error(err, y)
	}
}

func TestOptionsPointToSlices(t *testing.T) {
	x := []float64{1, 2, 3, 4, 5, 6}
	opts, share := NewSoftmaxOpts(), make([]float64, 2)
	opts.Mask = NewSoftmaxMask()
	opts.Mask.Columns, opts.Mask.Count = []uint16{2, 0}, 2
	opts.Mask.Bias = []float32{0, 2}
	opts.Mask.BiasType = 0
	opts.Mask.Sinks, opts.Mask.SinkShare = []float64{3, 6}, share
	y := make([]float64, 4)
	must(t, Softmax(x, y, nil, 2, 3, opts))
	for i, expected := range []float64{1. / 3, 1. / 3, 1. / 3, 1. / 3} {
		if !close(y[i], expected, 1e-14) {
			t.Errorf("%v %v", y, share)
		}
	}
	if !close(share[0], 1./3, 1e-14) || !close(share[1], 1./3, 1e-14) {
		t.Error(share)
	}
}

func TestGoroutinesGiveTheSameBits(t *testing.T) {
	x, _ := scores(3000, 101)
	alone, shared := make([]float64, len(x)), make([]float64, len(x))
	must(t, Softmax(x, alone, nil, 3000, 101, nil))
	opts := NewSoftmaxOpts()
	opts.Ctx = NewCtx()
	opts.Ctx.Workers = 4
	must(t, Softmax(x, shared, nil, 3000, 101, opts))
	if !reflect.DeepEqual(alone, shared) {
		t.Error("they differ")
	}
}

func TestOptionsAreSharedByGoroutines(t *testing.T) {
	opts := NewSoftmaxOpts()
	opts.Scale = 2
	var all sync.WaitGroup
	for i := 0; i < 8; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			y := make([]float32, 2)
			if err := Softmax([]float32{0, 1}, y, nil, 1, 2, opts); err != nil || y[1] < 0.88 {
				t.Error(err, y)
			}
		}()
	}
	all.Wait()
}

func TestStatesMergeAndTravel(t *testing.T) {
	x, labels := scores(60, 4)
	must(t, Softmax(x, x, nil, 60, 4, nil))
	of := func(from, to int) *EceTopLabelState[float64] {
		state, err := NewEceTopLabelState[float64](10)
		must(t, err)
		must(t, state.Update(x[from*4:to*4], labels[from:to], nil, to-from, 4))
		return state
	}
	whole, first := of(0, 60), of(0, 25)
	saved, err := of(25, 60).MarshalBinary()
	must(t, err)
	var rest EceTopLabelState[float64]
	must(t, rest.UnmarshalBinary(saved))
	must(t, first.Merge(&rest))
	a, err := whole.Finish()
	must(t, err)
	b, err := first.Finish()
	must(t, err)
	if a != b {
		t.Errorf("%v %v", a, b)
	}
	if err := rest.UnmarshalBinary(saved[:20]); !errors.Is(err, EState) {
		t.Error(err)
	}
}

func TestFitsAllocateTheirModels(t *testing.T) {
	x := []float32{0.1, 0.4, 0.35, 0.8, 0.9}
	model, err := IsotonicFit(x, []uint8{0, 1, 0, 1, 1}, nil, 5, nil)
	must(t, err)
	y := make([]float32, 5)
	must(t, IsotonicApply(model, x, y, 5))
	if !reflect.DeepEqual(y, []float32{0, 1, 0, 1, 1}) {
		t.Error(y)
	}
	report, err := Auroc(x, []int{0, 1, 0, 1, 1}, nil, 5, 1)
	must(t, err)
	if report.Auroc != 1 {
		t.Error(report)
	}
}
