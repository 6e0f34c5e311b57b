// Stamps in a translation: which text of the original each clause was translated from.

extension Policy {
    /// The translation with `<!-- of DIGEST -->` behind the heading of each clause that the policy has; a
    /// `<!-- prose DIGEST -->` behind it is written anew where there is one.
    public func stamped(_ translation: [UInt8], file: String) -> [UInt8] {
        let document = Document.read(translation, file: file).document, source = document.source
        var output: [UInt8] = document.source.mark
        var next = 0
        func replace(_ stamp: (digits: String, place: Place), with digits: String) {
            let start = byte(of: stamp.place, source, source.line(Int(stamp.place.line)))
            output += source.bytes[next..<start] + digits.utf8
            next = start + stamp.digits.utf8.count
        }
        for section in document.outline.sections {
            guard let original = model.document.outline.sections.first(where: { $0.anchor == section.anchor }) else { continue }
            let heading = section.lines.lowerBound
            if let stamp = section.stamp {
                replace(stamp, with: model.document.stamp(of: original))
                if let stamp = section.proseStamp { replace(stamp, with: model.document.proseStamp(of: original)) }
            } else {
                let end = source.lines[min(heading, source.lines.count - 1)]
                output += source.bytes[next..<end]
                let ending = document.ending(of: heading), isLast = end == source.bytes.count && source.line(heading).upperBound == end
                output += (isLast ? ending : []) + "<!-- of \(model.document.stamp(of: original)) -->".utf8 + ending
                next = end
            }
        }
        return output + source.bytes[next...]
    }

    private func byte(of place: Place, _ source: Source, _ line: Range<Int>) -> Int {
        var at = line.lowerBound, column = 1
        while at < line.upperBound, column < Int(place.column) {
            at += 1
            if at < line.upperBound, source.bytes[at] & 0xC0 != 0x80 { column += 1 }
        }
        return at
    }
}
