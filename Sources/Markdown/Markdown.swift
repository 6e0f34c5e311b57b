// CommonMark by cmark-gfm, as Swift values.
