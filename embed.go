// Package veiviser embeds the default theme. Only a file at the root of the
// module can: the theme is the folders layouts/ and static/ of this repository.
package veiviser

import "embed"

// Theme holds the folders layouts/ and static/. A site's own files of the same
// names take the place of these.
//
//go:embed all:layouts all:static
var Theme embed.FS
