// The shape of voffice/export/2, as assets/export-2.schema.json publishes it. assets/copy.js has the same.

extension Shape {
    private static let open = Shape.object(["text": .text, "salt": .hash])

    private static let entry: [Member] = [
        ("common", open, true), ("person", open, true), ("staff", .object(["code": .hash]), true),
        ("index", .maybe(.number), true), ("path", .maybe(.list(.hash)), true),
    ]

    private static let use = Shape.having(
        "damaged", .object(["sequence": .number, "damaged": .truth]),
        else: .object([("sequence", .number, true)] + entry + [("withheld", .object(entry), false)]))

    private static let held = Shape.object([
        "field": .text, "item": .maybe(.number), "value": .maybe(.text), "withheld": .maybe(.text), "rules": .list(.text), "source": .text,
        "since": .text, "corrected": .maybe(.text), "until": .maybe(.text), "version": .number,
        "kept": .list(.object(["rule": .text], optional: ["because": .text, "law": .text])), "salt": .hash,
    ])

    static let copy = Shape.object([
        "format": .text, "house": .text, "at": .text, "subject": .text, "held": .list(held), "uses": .list(use),
        "files": .list(.object(["name": .text, "sha256": .hash, "salt": .hash])), "checkpoint": .text, "statement": .text, "key": .text,
    ])
}
