// The elements that our pages are made of.

/// An element with an end tag.
public struct Tag: Sendable {
    @usableFromInline let name: StaticString
    @inlinable init(_ name: StaticString) { self.name = name }
}

/// An element without one.
public struct VoidTag: Sendable {
    @usableFromInline let name: StaticString
    @inlinable init(_ name: StaticString) { self.name = name }
}

extension Tag {
    // Document
    @inlinable public static var html: Tag { Tag("html") }
    @inlinable public static var head: Tag { Tag("head") }
    @inlinable public static var title: Tag { Tag("title") }
    @inlinable public static var script: Tag { Tag("script") }
    @inlinable public static var body: Tag { Tag("body") }
    // Sections
    @inlinable public static var header: Tag { Tag("header") }
    @inlinable public static var nav: Tag { Tag("nav") }
    @inlinable public static var main: Tag { Tag("main") }
    @inlinable public static var footer: Tag { Tag("footer") }
    @inlinable public static var section: Tag { Tag("section") }
    @inlinable public static var article: Tag { Tag("article") }
    @inlinable public static var aside: Tag { Tag("aside") }
    @inlinable public static var h1: Tag { Tag("h1") }
    @inlinable public static var h2: Tag { Tag("h2") }
    @inlinable public static var h3: Tag { Tag("h3") }
    @inlinable public static var h4: Tag { Tag("h4") }
    @inlinable public static var address: Tag { Tag("address") }
    // Groups
    @inlinable public static var div: Tag { Tag("div") }
    @inlinable public static var p: Tag { Tag("p") }
    @inlinable public static var pre: Tag { Tag("pre") }
    @inlinable public static var blockquote: Tag { Tag("blockquote") }
    @inlinable public static var figure: Tag { Tag("figure") }
    @inlinable public static var figcaption: Tag { Tag("figcaption") }
    @inlinable public static var ul: Tag { Tag("ul") }
    @inlinable public static var ol: Tag { Tag("ol") }
    @inlinable public static var li: Tag { Tag("li") }
    @inlinable public static var dl: Tag { Tag("dl") }
    @inlinable public static var dt: Tag { Tag("dt") }
    @inlinable public static var dd: Tag { Tag("dd") }
    @inlinable public static var details: Tag { Tag("details") }
    @inlinable public static var summary: Tag { Tag("summary") }
    // Words
    @inlinable public static var a: Tag { Tag("a") }
    @inlinable public static var b: Tag { Tag("b") }
    @inlinable public static var i: Tag { Tag("i") }
    @inlinable public static var em: Tag { Tag("em") }
    @inlinable public static var strong: Tag { Tag("strong") }
    @inlinable public static var small: Tag { Tag("small") }
    @inlinable public static var span: Tag { Tag("span") }
    /// What a person typed: its direction doesn't reach the words around it.
    @inlinable public static var bdi: Tag { Tag("bdi") }
    @inlinable public static var code: Tag { Tag("code") }
    @inlinable public static var dfn: Tag { Tag("dfn") }
    @inlinable public static var sup: Tag { Tag("sup") }
    @inlinable public static var time: Tag { Tag("time") }
    @inlinable public static var ins: Tag { Tag("ins") }
    @inlinable public static var del: Tag { Tag("del") }
    // Tables
    @inlinable public static var table: Tag { Tag("table") }
    @inlinable public static var caption: Tag { Tag("caption") }
    @inlinable public static var thead: Tag { Tag("thead") }
    @inlinable public static var tbody: Tag { Tag("tbody") }
    @inlinable public static var tr: Tag { Tag("tr") }
    @inlinable public static var th: Tag { Tag("th") }
    @inlinable public static var td: Tag { Tag("td") }
    // Forms
    @inlinable public static var form: Tag { Tag("form") }
    @inlinable public static var fieldset: Tag { Tag("fieldset") }
    @inlinable public static var legend: Tag { Tag("legend") }
    @inlinable public static var label: Tag { Tag("label") }
    @inlinable public static var button: Tag { Tag("button") }
    @inlinable public static var select: Tag { Tag("select") }
    @inlinable public static var option: Tag { Tag("option") }
    @inlinable public static var optgroup: Tag { Tag("optgroup") }
    @inlinable public static var textarea: Tag { Tag("textarea") }
    @inlinable public static var progress: Tag { Tag("progress") }
    @inlinable public static var output: Tag { Tag("output") }
    // Drawings
    @inlinable public static var svg: Tag { Tag("svg") }
    @inlinable public static var use: Tag { Tag("use") }
    @inlinable public static var path: Tag { Tag("path") }
}

extension VoidTag {
    @inlinable public static var meta: VoidTag { VoidTag("meta") }
    @inlinable public static var link: VoidTag { VoidTag("link") }
    @inlinable public static var input: VoidTag { VoidTag("input") }
    @inlinable public static var br: VoidTag { VoidTag("br") }
    @inlinable public static var hr: VoidTag { VoidTag("hr") }
    @inlinable public static var img: VoidTag { VoidTag("img") }
}
