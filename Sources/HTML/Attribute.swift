// The attributes that our pages use. There is none for inline style or script, so a page can't hold any.

public struct Attribute: Sendable {
    @usableFromInline enum Value: Sendable {
        /// Part of the program, known to need no escaping.
        case fixed(StaticString)
        case text(String), number(Int)
        /// An address; anything but a path, a fragment or a known scheme is written as `#`.
        case address(String)
        case flag, left
    }
    @usableFromInline let name: StaticString
    @usableFromInline let value: Value
    @inlinable init(_ name: StaticString, _ value: Value) { (self.name, self.value) = (name, value) }

    /// None: takes no room.
    @inlinable public static var left: Attribute { Attribute("", .left) }
    /// Writes the attribute only if the condition holds.
    @inlinable public static func when(_ condition: Bool, _ attribute: @autoclosure () -> Attribute) -> Attribute {
        condition ? attribute() : .left
    }
}

extension Attribute {
    @inlinable public static func `class`(_ names: StaticString) -> Attribute { Attribute("class", .fixed(names)) }
    @inlinable public static func id(_ id: StaticString) -> Attribute { Attribute("id", .fixed(id)) }
    @inlinable public static func id(of id: String) -> Attribute { Attribute("id", .text(id)) }
    @inlinable public static func lang(_ code: String) -> Attribute { Attribute("lang", .text(code)) }
    @inlinable public static func hreflang(_ code: String) -> Attribute { Attribute("hreflang", .text(code)) }
    @inlinable public static func title(_ text: String) -> Attribute { Attribute("title", .text(text)) }
    @inlinable public static func href(_ address: String) -> Attribute { Attribute("href", .address(address)) }
    @inlinable public static func src(_ address: String) -> Attribute { Attribute("src", .address(address)) }
    @inlinable public static func action(_ address: String) -> Attribute { Attribute("action", .address(address)) }
    @inlinable public static func rel(_ kind: StaticString) -> Attribute { Attribute("rel", .fixed(kind)) }
    @inlinable public static func type(_ type: StaticString) -> Attribute { Attribute("type", .fixed(type)) }
    @inlinable public static func charset(_ name: StaticString) -> Attribute { Attribute("charset", .fixed(name)) }
    @inlinable public static func content(_ text: String) -> Attribute { Attribute("content", .text(text)) }
    @inlinable public static func datetime(_ moment: String) -> Attribute { Attribute("datetime", .text(moment)) }
    @inlinable public static func tabindex(_ index: Int) -> Attribute { Attribute("tabindex", .number(index)) }
    @inlinable public static func data(_ name: DataName, _ value: String) -> Attribute { Attribute(name.name, .text(value)) }
    @inlinable public static func role(_ role: StaticString) -> Attribute { Attribute("role", .fixed(role)) }
    /// Not shown until a script shows it.
    @inlinable public static var unseen: Attribute { Attribute("hidden", .flag) }
    @inlinable public static var autofocus: Attribute { Attribute("autofocus", .flag) }
    @inlinable public static var open: Attribute { Attribute("open", .flag) }
    @inlinable public static var `defer`: Attribute { Attribute("defer", .flag) }

    /// `data-` attributes that our style sheet and scripts read.
    public struct DataName: Sendable {
        @usableFromInline let name: StaticString
        @inlinable init(_ name: StaticString) { self.name = name }
        /// The column's name, on a cell of a table that becomes cards.
        @inlinable public static var label: DataName { DataName("data-l") }
        /// The address of a proof, and the texts that it must be a proof of, for the verifier in the browser.
        @inlinable public static var proof: DataName { DataName("data-proof") }
        @inlinable public static var text: DataName { DataName("data-text") }
        /// For the script of passkeys: what a form is for, and what it needs.
        @inlinable public static var passkey: DataName { DataName("data-passkey") }
        @inlinable public static var challenge: DataName { DataName("data-challenge") }
        @inlinable public static var user: DataName { DataName("data-user") }
        @inlinable public static var name: DataName { DataName("data-name") }
        @inlinable public static var operatorName: DataName { DataName("data-operator") }
        @inlinable public static var site: DataName { DataName("data-site") }
        @inlinable public static var present: DataName { DataName("data-present") }
        @inlinable public static var begin: DataName { DataName("data-begin") }
        @inlinable public static var failed: DataName { DataName("data-failed") }
        /// The log's key, for the script that checks a copy.
        @inlinable public static var copy: DataName { DataName("data-copy") }
        @inlinable public static var personText: DataName { DataName("data-person-text") }
    }
}

// Forms
extension Attribute {
    @inlinable public static var post: Attribute { Attribute("method", .fixed("post")) }
    @inlinable public static func name(_ name: StaticString) -> Attribute { Attribute("name", .fixed(name)) }
    @inlinable public static func value(_ text: String) -> Attribute { Attribute("value", .text(text)) }
    @inlinable public static func `for`(_ id: StaticString) -> Attribute { Attribute("for", .fixed(id)) }
    @inlinable public static func autocomplete(_ kind: StaticString) -> Attribute { Attribute("autocomplete", .fixed(kind)) }
    @inlinable public static func inputmode(_ mode: StaticString) -> Attribute { Attribute("inputmode", .fixed(mode)) }
    @inlinable public static func accept(_ endings: StaticString) -> Attribute { Attribute("accept", .fixed(endings)) }
    @inlinable public static func maxlength(_ count: Int) -> Attribute { Attribute("maxlength", .number(count)) }
    @inlinable public static func rows(_ count: Int) -> Attribute { Attribute("rows", .number(count)) }
    @inlinable public static func max(_ count: Int) -> Attribute { Attribute("max", .number(count)) }
    @inlinable public static func colspan(_ count: Int) -> Attribute { Attribute("colspan", .number(count)) }
    @inlinable public static func scope(_ scope: StaticString) -> Attribute { Attribute("scope", .fixed(scope)) }
    /// What a group of options is called.
    @inlinable public static func grouped(_ text: String) -> Attribute { Attribute("label", .text(text)) }
    @inlinable public static var checked: Attribute { Attribute("checked", .flag) }
    @inlinable public static var selected: Attribute { Attribute("selected", .flag) }
    @inlinable public static var disabled: Attribute { Attribute("disabled", .flag) }
    @inlinable public static var required: Attribute { Attribute("required", .flag) }
    /// The page checks what was typed, in words of its own.
    @inlinable public static var novalidate: Attribute { Attribute("novalidate", .flag) }
}

// For those who listen
extension Attribute {
    @inlinable public static func label(_ text: String) -> Attribute { Attribute("aria-label", .text(text)) }
    @inlinable public static func labelledby(_ id: StaticString) -> Attribute { Attribute("aria-labelledby", .fixed(id)) }
    @inlinable public static func labelledby(of id: String) -> Attribute { Attribute("aria-labelledby", .text(id)) }
    @inlinable public static func describedby(_ ids: String) -> Attribute { Attribute("aria-describedby", .text(ids)) }
    @inlinable public static var currentPage: Attribute { Attribute("aria-current", .fixed("page")) }
    @inlinable public static var current: Attribute { Attribute("aria-current", .fixed("true")) }
    @inlinable public static var invalid: Attribute { Attribute("aria-invalid", .fixed("true")) }
    @inlinable public static var hidden: Attribute { Attribute("aria-hidden", .fixed("true")) }
    @inlinable public static var polite: Attribute { Attribute("aria-live", .fixed("polite")) }
}

// Drawings
extension Attribute {
    @inlinable public static func viewBox(of box: String) -> Attribute { Attribute("viewBox", .text(box)) }
    @inlinable public static func d(_ path: String) -> Attribute { Attribute("d", .text(path)) }
    @inlinable public static func viewBox(_ box: StaticString) -> Attribute { Attribute("viewBox", .fixed(box)) }
}
