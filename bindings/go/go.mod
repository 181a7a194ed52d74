module logitude

go 1.19
