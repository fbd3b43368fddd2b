package content

import (
	"strconv"
	"time"
)

// times are the ways to write a time, and the way in which each is published:
// what has no zone is published as a date.
var times = [...]struct{ written, published string }{
	{time.DateOnly, time.DateOnly},
	{time.RFC3339, time.RFC3339},
	{"2006-01-02 15:04:05Z07:00", time.RFC3339},
	{"2006-01-02T15:04:05", time.DateOnly},
	{time.DateTime, time.DateOnly},
}

// time reads a date or a time. It is "" if the text is neither.
func (d *decoder) time(n node) string {
	written := d.text(n).Value
	for _, format := range times {
		if t, err := time.Parse(format.written, written); err == nil {
			return t.Format(format.published)
		}
	}
	if n.kind != list && n.kind != mapping {
		d.warn(n.offset, "write it like 2026-05-19", strconv.Quote(written)+" is not a date, so it is left out")
	}
	return ""
}
