// A line for each request: when, what was asked for, how it was answered, in how many milliseconds. It tells of no person: no address,
// nothing that was typed, and a star for each number and each link that only one person has.

public import HTTP

/// The site with a log before it. `copytruncate` of logrotate suits the file.
public final class RequestLog: Handler {
    private let site: Site
    private let file: LineFile

    /// nil: the file can't be opened to write at its end.
    public init?(of site: Site, to path: String) {
        guard let file = LineFile(path) else { return nil }
        (self.site, self.file) = (site, file)
    }

    public func respond(to request: Request) -> Reply {
        let began = ContinuousClock.now
        switch site.respond(to: request) {
        case .now(let response):
            write(request, response, since: began)
            return .now(response)
        case .later(let work):
            return .later {
                let response = await work()
                self.write(request, response, since: began)
                return response
            }
        }
    }

    public func bodyLimit(at path: String) -> Int? { site.bodyLimit(at: path) }

    public func page(for fault: Fault) -> Response {
        let response = site.page(for: fault)
        write("?", "*", response, since: .now)
        return response
    }

    private func write(_ request: Request, _ response: Response, since began: ContinuousClock.Instant) {
        let method =
            switch request.method {
            case .get: "GET"
            case .head: "HEAD"
            case .post: "POST"
            case .other: "?"
            }
        write(method, Route(request.path)?.shape ?? "*", response, since: began)
    }

    private func write(_ method: String, _ shape: String, _ response: Response, since began: ContinuousClock.Instant) {
        let tenths = Int(began.duration(to: .now) / .microseconds(100))
        file.append("\(LineFile.moment) \(method) \(shape) \(response.status) \(tenths / 10).\(tenths % 10)")
    }
}
