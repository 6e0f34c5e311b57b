// A life as a list of steps, so that one can be left out and the rest lived again.

enum Step {
    case days(Int)
    /// The next version comes into force.
    case publish
    case agree, withdraw(Int)
    /// A condition begins, or ends.
    case turn(String)
    /// `order` happens so many days from now, or happened so long ago.
    case order(Int)
    case correct
}

extension PlainLife {
    /// - Parameters:
    ///   - policies: the first `begin` + 1 are published when the datum is collected.
    init(of field: String, under policies: [PlainPolicy], from begin: Int, _ steps: [Step]) {
        versions = Array(policies.prefix(begin + 1))
        (self.field, collectedUnder, agreed, today) = (field, begin, [], 0)
        (events, held) = (["collected": 0], [:])
        for step in steps {
            switch step {
            case .days(let count): today += count
            case .publish: if versions.count < policies.count { versions.append(policies[versions.count]) }
            case .agree: if current != collectedUnder, !agreed.contains(current) { agreed.append(current) }
            case .withdraw(let place): if !agreed.isEmpty { agreed.remove(at: place % agreed.count) }
            case .turn(let name):
                var times = held[name] ?? []
                if holds(name, on: today) {
                    let last = times.removeLast()
                    if last.from < today { times.append((last.from, today)) }
                } else if let last = times.last, last.to == today {
                    // It ended and began within the day: it never ended.
                    times[times.count - 1] = (last.from, nil)
                } else {
                    times.append((today, nil))
                }
                held[name] = times
            case .order(let days): events["order"] = max(0, today + days)
            // The value is another one; its version and its day are what they were.
            case .correct: break
            }
        }
    }

    static func steps(_ random: inout Seeded) -> [Step] {
        (0..<random.below(14)).map { _ in
            switch random.below(12) {
            case 0...3: .days(random.below(60))
            case 4, 5: .publish
            case 6: .agree
            case 7: .withdraw(random.below(4))
            case 8, 9: .turn(random.one(of: PlainPolicy.conditions))
            case 10: .order(random.below(60) - 30)
            default: .correct
            }
        }
    }
}
