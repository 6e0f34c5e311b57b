// The words of the first page.

import Office

struct HomeTexts {
    let say: Language
    /// What whoever comes new may do with their own data.
    let rights: Offers

    var title: String {
        rights.grants(.seeing)
            ? say("A virtual office that tells you who used your data", id: "Kantor virtual yang memberi tahu siapa memakai data Anda")
            : say("A virtual office whose policy is its program", id: "Kantor virtual yang kebijakannya adalah programnya")
    }
    var plans: String { say("Plans", id: "Paket") }
    var plansAndPlaces: String { say("All plans and locations", id: "Semua paket dan lokasi") }
    var lead: String {
        switch (rights.refusal(of: .account) == nil, rights.grants(.seeing)) {
        case (true, true):
            say(
                "We keep your name and number to serve you, and you see each time somebody looks at them: who, why, and by which rule.",
                id: """
                    Kami menyimpan nama dan nomor Anda untuk melayani Anda, dan Anda melihat setiap kali seseorang membukanya: \
                    siapa, untuk apa, dan menurut aturan mana.
                    """)
        case (true, false): say("We keep your name and number to serve you.", id: "Kami menyimpan nama dan nomor Anda untuk melayani Anda.")
        case (false, true):
            say(
                "You see each time somebody looks at what we hold of you: who, why, and by which rule.",
                id: """
                    Anda melihat setiap kali seseorang membuka apa yang kami simpan tentang Anda: siapa, untuk apa, dan menurut \
                    aturan mana.
                    """)
        case (false, false):
            say(
                "What no rule of the policy allows isn’t done.",
                id: "Yang tidak diizinkan satu aturan pun dalam kebijakan, tidak dilakukan.")
        }
    }
    var register: String { say("Open an account", id: "Buka akun") }
    var signIn: String { say("Sign in", id: "Masuk") }
    var yourData: String { say("See your data", id: "Lihat data Anda") }
    var ask: String { OwnCaseTexts(say: say).ask }
    var work: String { say("Go to your work", id: "Ke pekerjaan Anda") }
    var desk: String { say("Go to the cases", id: "Ke pertanyaan") }
    var envelope: String {
        say(
            "An envelope addressed to CV Lada Timur at Menara Kuningan, Jakarta, with a postmark.",
            id: "Amplop yang dialamatkan ke CV Lada Timur di Menara Kuningan, Jakarta, dengan cap pos.")
    }
    var caption: String {
        say("An address for your firm, and somebody who answers.", id: "Alamat untuk usaha Anda, dan seseorang yang menjawab.")
    }

    var program: String {
        say("Our privacy policy is not a promise. It is the program.", id: "Kebijakan privasi kami bukan janji. Ia program yang berjalan.")
    }
    var programLead: String {
        say(
            """
            Each time our staff or systems want to use something about you, the policy decides: allowed or refused. The words \
            you read are the rules that run. Every decision goes into a log where a later change would show\(checkable.0).
            """,
            id: """
                Setiap kali staf atau sistem kami hendak memakai data Anda, kebijakan itulah yang memutuskan: boleh atau \
                ditolak. Kalimat yang Anda baca adalah aturan yang dijalankan. Setiap keputusan masuk ke catatan yang akan \
                ketahuan bila diubah\(checkable.1).
                """
        )
    }
    private var checkable: (String, String) {
        rights.grants(.seeing)
            ? (", and you can see and check your own entries", ", dan Anda dapat melihat serta memeriksa catatan Anda sendiri") : ("", "")
    }
    var readPolicy: String { say("Read the policy", id: "Baca kebijakannya") }
    var example: String { say("What a customer sees, for example", id: "Contoh yang dilihat pelanggan") }
    var exampleRead: String {
        say(
            "Customer service 7 read your telephone number to answer you, in case 12.",
            id: "Layanan pelanggan 7 membaca nomor telepon Anda untuk menjawab Anda, dalam pertanyaan 12.")
    }
    /// `outcome`: as the record of uses writes it.
    func exampleRefused(_ outcome: String) -> String {
        let cause = say.cause(ofOutcome: outcome)
        return say(
            "Customer service 7 asked for your telephone number to answer you. Refused: \(cause).",
            id: "Layanan pelanggan 7 meminta nomor telepon Anda untuk menjawab Anda. Ditolak: \(cause).")
    }

    var start: String { say("How it starts", id: "Cara memulai") }
    var steps: [(String, String)] {
        let leaving = rights.grants(.leaving)
        let all = [
            (
                say("1. Tell us who you are", id: "1. Beri tahu siapa Anda"),
                rights.refusal(of: .answer) == nil
                    ? say(
                        "Your name and an email address. A telephone number only if you want us to call.",
                        id: "Nama dan alamat surel. Nomor telepon hanya bila Anda ingin ditelepon.")
                    : say("Your name and an email address.", id: "Nama dan alamat surel.")
            ),
            (
                say("2. Enter the code", id: "2. Masukkan kodenya"),
                say(
                    "Six digits come by email and prove that the address is yours. You need no password.",
                    id: "Enam angka datang lewat surel dan membuktikan bahwa alamat itu milik Anda. Kata sandi tidak wajib.")
            ),
            (
                say("3. See and check", id: "3. Lihat dan periksa"),
                say(
                    "What we hold, until when, who used it.\(leaving ? " Leave whenever you like; the keys to your data go at once." : "")",
                    id: """
                        Apa yang kami simpan, sampai kapan, siapa yang memakainya.\
                        \(leaving ? " Berhenti kapan saja; kunci data Anda langsung dimusnahkan." : "")
                        """
                )
            ),
        ]
        return rights.grants(.seeing) ? all : Array(all.dropLast())
    }
}
