// Pages that read the same for every stranger: drawn and compressed when the first one asks, and kept with the house. Whoever has a session
// gets a page of their own, which nobody keeps; of a large one only the middle is kept, which says nothing of its reader.

import HTML
import HTTP
import Office
import Synchronization

/// Any thread may ask. What is kept goes with the house, for each page shows the version in force.
final class PublicPages: Sendable {
    struct Place: Hashable {
        let route: Route, language: Language
        /// What was chosen there, of a few.
        var chosen = ""
    }
    /// `stamp`: all that the page hangs on besides the house and its place.
    struct Page {
        let stamp: String
        var whole: Asset?
        var middle: (title: String, bytes: Middle)?
    }
    private let pages = Mutex<[Place: Page]>([:])

    /// Empty where none is kept that would be drawn alike.
    func page(at place: Place, _ stamp: String) -> Page {
        pages.withLock { pages in pages[place].flatMap { $0.stamp == stamp ? $0 : nil } ?? Page(stamp: stamp) }
    }

    /// In place of the one before.
    func keep(_ page: Page, at place: Place) { pages.withLock { $0[place] = page } }
}

extension Visit {
    private func place(_ chosen: String = "") -> PublicPages.Place { PublicPages.Place(route: route, language: say, chosen: chosen) }

    /// A page without a form that needs a token. `stamp`: all that it hangs on besides the house and the language; `chosen`: which of a few
    /// that the query names.
    func alike(_ stamp: String = "", at chosen: String = "", _ draw: () throws(NotDone) -> Response) throws(NotDone) -> Response {
        guard session == nil else { return try draw() }
        let place = place(chosen)
        var kept = house.publicPages.page(at: place, stamp)
        if let whole = kept.whole { return Response(whole) }
        let response = try draw()
        guard response.status == 200, response.cookies.isEmpty, case .bytes(let bytes, let type) = response.body else { return response }
        let whole = Asset(bytes, type, .asking, isSecure: office.settings.address.hasPrefix("https:"))
        kept.whole = whole
        house.publicPages.keep(kept, at: place)
        return Response(whole)
    }

    func alike(_ page: some Page) -> Response { trying { () throws(NotDone) -> Response in try alike { show(page) } } }

    /// A large one: for somebody with a session its middle, compressed, stands in a frame of their own.
    func alike<Large: Page>(
        _ stamp: String, at chosen: String = "", framing page: () throws(NotDone) -> Large
    ) throws(NotDone) -> Response {
        guard session != nil else { return try alike(stamp, at: chosen) { () throws(NotDone) -> Response in show(try page()) } }
        let middle = try middle(stamp, place(chosen), of: page)
        var html = HTML()
        Shell(visit: self, page: Frame(title: middle.title)).draw(&html)
        let gap = html.gap ?? 0
        return Response(200, framing: middle.bytes, in: html.finished(), at: gap, .html)
    }

    /// Of the policy, drawn off the server's thread.
    func policyPage() -> Reply {
        let kept = house.publicPages.page(at: place(), ""), isKept = session == nil ? kept.whole != nil : kept.middle != nil
        let draw = { @Sendable () throws(NotDone) -> Response in try alike("", framing: { PolicyPage() }) }
        return isKept ? now(trying(draw)) : later(draw)
    }

    private func middle<Large: Page>(
        _ stamp: String, _ place: PublicPages.Place, of page: () throws(NotDone) -> Large
    ) throws(NotDone) -> (title: String, bytes: Middle) {
        var kept = house.publicPages.page(at: place, stamp)
        if let middle = kept.middle { return middle }
        // Drawn as for a stranger, so that nothing of a reader can get in.
        let page = try page(), stranger = Visit(of: nil, request, route, house)
        var html = HTML()
        page.draw(&html, stranger)
        let middle = (title: page.title(stranger), bytes: Middle(html.finished()))
        kept.middle = middle
        house.publicPages.keep(kept, at: place)
        return middle
    }
}

/// Stands where the middle comes.
private struct Frame: Page {
    let title: String
    func title(_ visit: Visit) -> String { title }
    func draw(_ html: inout HTML, _ visit: Visit) { html.leaveGap() }
}
