// For what came in and is no request: one page in both languages, since nothing of the reader is known.

import HTML
import HTTP
import Office

enum UnreadPage {
    static func response(_ fault: Fault, _ house: House) -> Response {
        let name = house.office.settings.operatorName
        var html = HTML(reserving: 2_048)
        html.doctype()
        html(.html, .lang("en")) { html in
            html(.head) { html in
                html(.meta, .charset("utf-8"))
                html(.meta, .name("viewport"), .content("width=device-width, initial-scale=1"))
                html(.title, text: "\(fault.rawValue) – \(name)")
                html(.link, .rel("stylesheet"), .href(house.asset("tokens.css")))
                html(.link, .rel("stylesheet"), .href(house.asset("components.css")))
            }
            html(.body) { html in
                html(.main, .class("wrap slim flow")) { html in
                    let (english, indonesian) = sentences(fault)
                    html(.h1, text: english)
                    html(.p, .class("lead"), text: "Nothing was changed.")
                    if case .tooLarge = fault {
                        html(.p, text: "Go back in your browser: what you typed is still there. Make it shorter and send it again.")
                    }
                    html(.div, .lang("id")) { html in
                        html(.h2, text: indonesian)
                        html(.p, text: "Tidak ada yang berubah.")
                        if case .tooLarge = fault {
                            html(.p, text: "Kembalilah di peramban: isian Anda masih ada di sana. Persingkat, lalu kirim lagi.")
                        }
                    }
                    html(.p) { $0(.a, .href(Route.home.path), text: name) }
                }
            }
        }
        return Response(fault.rawValue, html.finished(), .html)
    }

    private static func sentences(_ fault: Fault) -> (String, String) {
        switch fault {
        case .malformed: ("We could not read that request", "Permintaan itu tidak dapat kami baca")
        case .lengthMissing: ("A request must say how long it is", "Permintaan harus menyebut panjangnya")
        case .targetTooLong: ("That address is longer than we read", "Alamat itu lebih panjang dari yang kami baca")
        case .headTooLarge:
            (
                "Your browser sent more headers or cookies than we read",
                "Peramban Anda mengirim lebih banyak tajuk atau kuki dari yang kami baca"
            )
        case .tooLarge: ("That is more than we take at once", "Itu lebih dari yang kami terima sekaligus")
        case .unknownVersion: ("We speak HTTP/1.1", "Kami memakai HTTP/1.1")
        }
    }
}
