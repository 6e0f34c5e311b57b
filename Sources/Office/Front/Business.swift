// What the operator sells, and where and how they can be reached: read from a file of theirs, shown to everyone, and of nobody's data.

/// The company that runs the house, as its pages show it.
public struct Business: Sendable, Equatable {
    /// A text in both languages; the second where only one was given is the first.
    public struct Text: Sendable, Equatable {
        public let english: String, indonesian: String
        public init(english: String, indonesian: String? = nil) { (self.english, self.indonesian) = (english, indonesian ?? english) }
    }

    public struct Location: Sendable, Equatable {
        public let name: String
        public var address = "", telephone: String?
        public var hours = Text(english: "")
        /// The same for the clock of cases; nil: nobody told.
        public var opening: OpeningHours?
        public init(name: String) { self.name = name }
    }

    public struct Plan: Sendable, Equatable {
        public enum Period: String, Sendable, CaseIterable { case month, year, day, hour, once }
        public let name: String
        /// The name as it is shown.
        public var title: Text
        /// Whole rupiah.
        public var price: Int64 = 0
        public var period = Period.month
        public var about = Text(english: "")
        /// What belongs to it, one by one.
        public var includes: [Text] = []
        /// The names of the locations where it is to be had; empty: all.
        public var locations: [String] = []
        public init(name: String) { (self.name, title) = (name, Text(english: name)) }
    }

    public var email: String?, telephone: String?, address: String?
    public var hours: Text?
    /// The name of the location whose hours count for answers; nil: the first that tells its hours.
    public var answeredAt: String?
    /// In so many seconds of opening hours somebody answers who asks.
    public var answerWithin: Int64 = 8 * 3600
    /// Where whoever finds a hole in this house writes to: `mailto:` or `https:`.
    public var security: String?
    public var locations: [Location] = [], plans: [Plan] = []

    public init() {}

    /// The hours in which cases are answered; nil: no location tells its hours, and no clock runs.
    public var desk: OpeningHours? {
        locations.first { $0.name == answeredAt }?.opening ?? locations.lazy.compactMap(\.opening).first
    }
}
