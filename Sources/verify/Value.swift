// A copy's JSON as it was read, and the shape that it must have.

import Crypto
import Foundation
import JSON

indirect enum Value: Decodable {
    case null, truth(Bool), number(Int), text(String), list([Value]), object([String: Value])
    /// A number that isn't whole, or is too great.
    case otherNumber

    /// nil: it isn't JSON in UTF-8, as RFC 8259 has it.
    init?(reading bytes: [UInt8]) {
        // Foundation would take UTF-16 too, a mark in front, and lines that break within a text.
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.starts(with: [0xEF, 0xBB, 0xBF]), Self.names(in: bytes) != nil,
            let value = try? JSONDecoder().decode(Value.self, from: Data(bytes))
        else { return nil }
        self = value
    }

    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: Name.self) {
            self = .object(
                try Dictionary(object.allKeys.map { ($0.stringValue, try object.decode(Value.self, forKey: $0)) }) { first, _ in first })
        } else if var list = try? decoder.unkeyedContainer() {
            var values: [Value] = []
            while !list.isAtEnd { values.append(try list.decode(Value.self)) }
            self = .list(values)
        } else {
            let one = try decoder.singleValueContainer()
            if one.decodeNil() {
                self = .null
            } else if let truth = try? one.decode(Bool.self) {
                self = .truth(truth)
            } else if let text = try? one.decode(String.self) {
                self = .text(text)
            } else if let number = try? one.decode(Int.self), abs(number) <= 1 << 53 - 1 {
                self = .number(number)
            } else {
                // Else it is a text that can't be read.
                _ = try one.decode(Double.self)
                self = .otherNumber
            }
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    subscript(_ name: String) -> Value? { if case .object(let members) = self { members[name] } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int? { if case .number(let number) = self { number } else { nil } }
    var list: [Value] { if case .list(let list) = self { list } else { [] } }
    var digest: Digest? { text.flatMap { Base64.decode($0) }.flatMap { Digest(bytes: $0) } }
    var secret: Secret? { text.flatMap { Base64.decode($0) }.flatMap { try? Secret(bytes: $0) } }

    /// How many names its objects have in all.
    var members: Int {
        switch self {
        case .list(let list): list.reduce(0) { $0 + $1.members }
        case .object(let object): object.reduce(object.count) { $0 + $1.value.members }
        default: 0
        }
    }

    /// The same without this name; what is signed has no other numbers than whole ones.
    func json(without name: String = "") -> JSON {
        switch self {
        case .null, .otherNumber: .null
        case .truth(let value): .bool(value)
        case .number(let value): .int(value)
        case .text(let value): .string(value)
        case .list(let list): .list(list.map { $0.json() })
        case .object(let object): .object(object.filter { $0.key != name }.map { ($0.key, $0.value.json()) })
        }
    }

    /// How many names a JSON text has: a colon outside of its strings stands behind each. More than `members`: one stands twice somewhere.
    /// nil: it has a control character where none may be.
    static func names(in bytes: [UInt8]) -> Int? {
        var count = 0, isInString = false, isEscaped = false
        for byte in bytes {
            switch byte {
            case ..<0x20 where isInString || ![0x09, 0x0A, 0x0D].contains(byte): return nil
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isInString: isEscaped = true
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: ":") where !isInString: count += 1
            default: break
            }
        }
        return count
    }
}

/// What a value has to be.
indirect enum Shape: Sendable {
    case text, hash, number, truth
    case maybe(Shape), list(Shape), object([Member])
    /// The one shape where the object has this name, the other where it hasn't.
    case having(String, Shape, else: Shape)

    typealias Member = (name: String, shape: Shape, isRequired: Bool)

    static func object(_ members: KeyValuePairs<String, Shape>, optional: KeyValuePairs<String, Shape> = [:]) -> Shape {
        .object(members.map { ($0.key, $0.value, true) } + optional.map { ($0.key, $0.value, false) })
    }

    /// What is wrong with a value, in sentences that say where.
    func faults(of value: Value, at place: String) -> [String] {
        switch (self, value) {
        case (.text, .text), (.truth, .truth(true)), (.maybe, .null): return []
        case (.number, .number(let number)) where number >= 0: return []
        case (.hash, .text) where value.digest != nil: return []
        case (.text, _): return ["\(place) isn't a text."]
        case (.hash, _): return ["\(place) isn't a hash."]
        case (.number, _): return ["\(place) isn't a whole number."]
        case (.truth, _): return ["\(place) isn't true."]
        case (.maybe(let shape), _): return shape.faults(of: value, at: place)
        case (.having(let name, let shape, let other), _): return (value[name] == nil ? other : shape).faults(of: value, at: place)
        case (.list(let shape), .list(let list)):
            return list.enumerated().flatMap { shape.faults(of: $1, at: "\(place)[\($0)]") }
        case (.list, _): return ["\(place) isn't a list."]
        case (.object(let members), .object(let values)):
            let inside = place.isEmpty ? "" : place + "."
            let known = members.flatMap { name, shape, isRequired -> [String] in
                guard let value = values[name] else { return isRequired ? ["\(inside + name) is missing."] : [] }
                return shape.faults(of: value, at: inside + name)
            }
            let unknown = values.keys.filter { name in !members.contains { $0.name == name } }.sorted()
            return known + unknown.map { "\(inside + $0) isn't part of the format." }
        case (.object, _): return ["\(place.isEmpty ? "the whole" : place) isn't an object."]
        }
    }
}
