// Scores of a made-up classifier that is too sure of itself: softmax, calibration error,
// a temperature that mends it, and the error after it.
package main

import (
	"fmt"
	"log"
	"math/rand"

	"logitude"
)

const rows, cols = 4000, 5

// classifier draws labels from softmax(x), and returns twice x.
func classifier() (x []float32, labels []int32) {
	random := rand.New(rand.NewSource(1))
	x, p := make([]float32, rows*cols), make([]float32, rows*cols)
	for i := range x {
		x[i] = float32(random.NormFloat64())
	}
	check(logitude.Softmax(x, p, nil, rows, cols, nil))
	for r := 0; r < rows; r++ {
		label, left := 0, random.Float32()
		for label < cols-1 && left > p[r*cols+label] {
			left -= p[r*cols+label]
			label++
		}
		labels = append(labels, int32(label))
	}
	for i := range x {
		x[i] *= 2
	}
	return x, labels
}

func calibrationError(p []float32, labels []int32) float64 {
	state, err := logitude.NewEceTopLabelState[float32](15)
	check(err)
	check(state.Update(p, labels, nil, rows, cols))
	report, err := state.Finish()
	check(err)
	return report.Ece
}

func main() {
	x, labels := classifier()
	p := make([]float32, len(x))
	check(logitude.Softmax(x, p, nil, rows, cols, nil))
	fmt.Printf("calibration error before: %.4f\n", calibrationError(p, labels))

	model, err := logitude.TemperatureFit(x, labels, nil, rows, cols, nil)
	check(err)
	fmt.Printf("temperature: %.3f\n", model.Temperature)
	check(logitude.TemperatureApply(&model, x, p, rows, cols))
	fmt.Printf("calibration error after:  %.4f\n", calibrationError(p, labels))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
