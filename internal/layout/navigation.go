package layout

import (
	"slices"

	"veiviser/internal/site"
)

// A list that grows with the site must not stand whole on every page: the site
// would grow with its square, and nobody reads it.
const (
	crowd = 100 // pages below one are more than are listed beside each of them
	near  = 20  // of a crowd are listed beside each
	menu  = 8   // parts of the site are in its menu
)

// A Branch is a part of the navigation: the pages below Top, unfolded along the
// way to At.
type Branch struct {
	Top, At *site.Page
}

// Branch is the navigation below a page.
func (v *View) Branch(top *site.Page) Branch { return Branch{Top: top, At: v.Page} }

// Below is the navigation below a page of the branch.
func (b Branch) Below(top *site.Page) Branch { return Branch{Top: top, At: b.At} }

// Shown is the pages of the branch that are listed: of a crowd those nearest to
// where one is, but all of them on Top itself.
func (b Branch) Shown() []*site.Page {
	all := b.Top.Listed()
	if len(all) <= crowd || b.At == b.Top {
		return all
	}
	here := slices.IndexFunc(all, func(p *site.Page) bool { return p.Within(b.At) })
	from := min(max(0, here-near/2), len(all)-near)
	return all[from : from+near]
}

// Whole is the number of pages in the branch if not all of them are shown, and
// 0 otherwise.
func (b Branch) Whole() int {
	if n := len(b.Top.Listed()); n > len(b.Shown()) {
		return n
	}
	return 0
}

// Menu is the parts of the site that are listed on every page: the first ones,
// and always the one where one is.
func (v *View) Menu() []*site.Page {
	all := v.Home().Listed()
	if len(all) <= menu {
		return all
	}
	here := slices.IndexFunc(all, func(p *site.Page) bool { return p.Within(v.Page) })
	if here < menu {
		return all[:menu]
	}
	return append(slices.Clone(all[:menu-1]), all[here])
}
