module veiviser

go 1.26
