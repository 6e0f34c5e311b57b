// The few drawings: the mark, the symbols of proofs and states, the envelope.

import HTML

enum Drawings {
    /// An envelope whose flap is a V.
    static let mark = Trusted(
        """
        <svg width="28" height="22" viewBox="0 0 28 22" aria-hidden="true"><path stroke-width="2" d="M1.5 1.5h25v19h-25z"/>\
        <path stroke-width="2" class="flap" d="m1.5 1.5 12.5 11 12.5-11"/></svg>
        """)

    static let symbols = Trusted(
        """
        <svg class="hide" aria-hidden="true"><symbol id="proof" viewBox="0 0 24 24"><circle cx="12" cy="12" r="10.5"/>\
        <circle cx="12" cy="12" r="7.5" stroke-dasharray="1.2 1.42"/><path d="m8.6 12.3 2.4 2.3 4.5-5" stroke-width="2"/></symbol>\
        <symbol id="pending" viewBox="0 0 24 24"><circle cx="12" cy="12" r="10.5" stroke-dasharray="3 2.5"/>\
        <path d="M12 7v5.3l3.4 2" stroke-width="1.75"/></symbol><symbol id="broken" viewBox="0 0 24 24">\
        <circle cx="12" cy="12" r="10.5"/><path d="m8.5 8.5 7 7m0-7-7 7" stroke-width="2"/></symbol>\
        <symbol id="yes" viewBox="0 0 24 24"><path d="m4.5 12.5 5 5L20 6.5" stroke-width="2.25"/></symbol>\
        <symbol id="nope" viewBox="0 0 24 24"><path d="m6 6 12 12M18 6 6 18" stroke-width="2.25"/></symbol></svg>
        """)

    static func icon(_ html: inout HTML, _ name: Icon, large: Bool = false) {
        html(.svg, .class(large ? "seal" : "i"), .viewBox("0 0 24 24"), .hidden) { $0(.use, .href(name.rawValue)) }
    }

    enum Icon: String { case proof = "#proof", pending = "#pending", broken = "#broken", yes = "#yes", nope = "#nope" }

    /// The one picture: how post reaches a customer.
    static let envelope = Trusted(
        """
        <g stroke="none" fill="currentColor" font-family="VO Serif, Georgia, serif"><text x="36" y="46" font-size="11.5" opacity=".8">\
        Gewürzkontor Brandt GmbH</text><text x="36" y="62" font-size="11.5" opacity=".8">Am Sandtorkai 30, 20457 Hamburg</text>\
        <text x="150" y="150" font-size="19" font-weight="600">CV Lada Timur</text><text x="150" y="177" font-size="16.5">\
        Menara Kuningan, lt. 12 – 1207</text><text x="150" y="202" font-size="16.5">Jl. H.R. Rasuna Said Blok X-7</text>\
        <text x="150" y="227" font-size="16.5">Jakarta Selatan 12940</text></g><path d="M2 2h456v286H2z" stroke-width="2"/>\
        <path d="M36 262h88M36 252h54" stroke-width="1" opacity=".5"/><g stroke-width="1.5"><path d="M366 26h62v76h-62z"/>\
        <path d="M373 33h48v62h-48z" stroke-width="1"/><path d="M380 88V58l17-14 17 14v30M389 88V70h16v18M380 64h34" stroke-width="1.25"/></g>\
        <g class="stamp" stroke-width="2" transform="rotate(-9 330 82)"><circle cx="330" cy="82" r="38"/>\
        <circle cx="330" cy="82" r="25" stroke-width="1.25"/><path d="M366 66c14-8 22 8 36 0s22 8 36 0M369 79c14-8 22 8 36 0s22 8 33 0\
        M368 92c14-8 22 8 36 0s22 8 34 0" stroke-width="1.5"/><g stroke="none" fill="currentColor" text-anchor="middle" \
        font-family="VO Mono, monospace"><text x="330" y="80" font-size="9">24 NOV</text><text x="330" y="91" font-size="9">2026</text>\
        <text x="330" y="55.5" font-size="7" letter-spacing="1.4">JAKARTA</text><text x="330" y="115" font-size="7" letter-spacing="1.4">\
        12940</text></g></g>
        """)
}
