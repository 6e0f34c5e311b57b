// For whoever works here as something that the policy in force doesn't know: nothing of anybody opens to them, and what is to be done about it.

import HTML
import Office

struct UnknownWorkPage: Page {
    let role: String

    func title(_ visit: Visit) -> String { visit.say("The policy doesn’t know your work", id: "Kebijakan tidak mengenal tugas Anda") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: title(visit))
            html(.p, .class("lead")) { html in
                html.text(say("You are entered here as ", id: "Anda tercatat di sini sebagai "))
                html(.bdi, text: "“\(role)”")
                html.text(
                    say(
                        ". The policy in force has no such work, so nothing of anybody’s data opens to you.",
                        id: ". Kebijakan yang berlaku tidak mengenal tugas itu, jadi tidak ada data siapa pun yang terbuka bagi Anda."))
            }
            html(.h2, text: say("What you can do", id: "Yang dapat Anda lakukan"))
            html(.ul) { html in
                html(
                    .li,
                    text: say(
                        "Ask an administrator to end this employment on the page of the team, and to invite you again for work that the policy has.",
                        id: """
                            Mintalah administrator mengakhiri hubungan kerja ini di halaman tim, dan mengundang Anda lagi untuk tugas yang \
                            dikenal kebijakan.
                            """))
                html(
                    .li,
                    text: say(
                        "If nobody administers the house any more, whoever runs it gets a new link for the first administrator when it starts anew.",
                        id:
                            "Bila tidak ada lagi administrator, pengelola mendapat tautan baru bagi administrator pertama saat sistem dimulai ulang."
                    ))
                html(
                    .li,
                    text: say(
                        "If the policy should have it, tell the policy officer.",
                        id: "Bila kebijakan seharusnya mengenalnya, beri tahu petugas kebijakan."))
            }
            html(.p, .class("row")) { html in
                html(.a, .class("btn plain"), .href(Route.policy.path), text: say("Read the policy", id: "Baca kebijakannya"))
                html(.a, .href(Route.privacy.path), text: say("See your data", id: "Lihat data Anda"))
            }
        }
    }
}
