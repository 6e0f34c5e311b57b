// What the people of the demonstration write and say, in both languages: a question, and what is answered to it.

import Policy

enum Said {
    struct Text {
        let english: String, indonesian: String
        init(_ english: String, id indonesian: String) { (self.english, self.indonesian) = (english, indonesian) }
        func callAsFunction(_ tongue: Tongue) -> String { tongue == .indonesian ? indonesian : english }
    }

    /// By customers, on the form.
    /// Of those below, the one that is for whoever writes invoices.
    static let ofInvoice = asked.count - 1
    static let asked: [(question: Text, answer: Text)] = [
        (
            Text(
                "The courier came twice and found nobody. Can you keep the parcel until Thursday?",
                id: "Kurir datang dua kali dan tidak ada orang. Bisakah paketnya disimpan sampai Kamis?"),
            Text(
                "We keep it at the desk in Kuningan; bring something that shows who you are.",
                id: "Kami simpan di meja depan Kuningan; bawalah kartu identitas.")
        ),
        (
            Text(
                "Which documents do you need so that our company can use the address?",
                id: "Dokumen apa yang diperlukan supaya perusahaan kami dapat memakai alamatnya?"),
            Text(
                "The deed of the company is enough to begin with; the list is on the page of plans.",
                id: "Akta perusahaan cukup untuk mulai; daftarnya ada di halaman paket.")
        ),
        (
            Text("Can our letters be scanned each Monday?", id: "Bisakah surat kami dipindai setiap hari Senin?"),
            Text(
                "Yes. From next Monday on we scan what came in the week.",
                id: "Bisa. Mulai Senin depan kami pindai yang datang sepekan itu.")
        ),
        (
            Text(
                "We move into a larger team. What would two more telephone lines cost?",
                id: "Tim kami bertambah. Berapa biaya dua saluran telepon lagi?"),
            Text(
                "The price of a line is on the page of plans; the second is the same.",
                id: "Harga saluran ada di halaman paket; yang kedua sama.")
        ),
        (
            Text("Please call me about the meeting room for Friday.", id: "Mohon telepon saya soal ruang rapat untuk hari Jumat."),
            Text("The room is yours, from two to four.", id: "Ruangnya sudah kami sisihkan, pukul dua sampai empat.")
        ),
        (
            Text(
                "A letter from the tax office should have come this week. Is it there?",
                id: "Seharusnya ada surat dari kantor pajak pekan ini. Sudah tiba?"),
            Text("It came this morning and lies in your box.", id: "Tiba pagi ini, dan ada di kotak Anda.")
        ),
        (
            Text(
                "The name of our company changes. What do we have to send?", id: "Nama perusahaan kami berubah. Apa yang harus kami kirim?"),
            Text(
                "The new deed, as a copy. We change it the day that it comes.", id: "Salinan akta yang baru. Kami ubah pada hari itu juga.")
        ),
        (
            Text(
                "Please call me about the invoice of last month; the name of the street is wrong.",
                id: "Mohon telepon saya soal faktur bulan lalu; nama jalannya salah."),
            Text("Corrected; the new invoice is on its way.", id: "Sudah dibetulkan; faktur barunya dikirim.")
        ),
    ]

    /// Taken up, and not answered yet.
    static let left = Text(
        "A parcel of ours was opened when we got it. Who had it before us?",
        id: "Paket kami sudah terbuka waktu kami terima. Siapa yang memegangnya sebelum itu?")

    /// On the telephone or by mail, as it was written down.
    static let told: [(question: Text, answer: Text)] = [
        (
            Text(
                "Asks whether somebody can sign for a registered letter tomorrow morning.",
                id: "Menanyakan apakah surat tercatat besok pagi dapat diterimakan."),
            Text("The desk signs for it; we write when it is here.", id: "Meja depan menerimanya; kami kabari begitu tiba.")
        ),
        (
            Text("Cannot find the way to the meeting room; will come at two.", id: "Tidak menemukan ruang rapatnya; datang pukul dua."),
            Text("Twelfth floor, left of the lift; somebody waits there.", id: "Lantai dua belas, di kiri lift; ada yang menunggu.")
        ),
        (
            Text("Wants to know whether the parcel from Surabaya is here.", id: "Menanyakan apakah kiriman dari Surabaya sudah tiba."),
            Text("It is, at the front desk until Friday.", id: "Sudah, di meja depan sampai hari Jumat.")
        ),
        (
            Text("Wants to know until when a parcel is kept.", id: "Menanyakan sampai kapan paket disimpan."),
            Text("Thirty days from its coming.", id: "Tiga puluh hari sejak tiba.")
        ),
        (
            Text("Wants to be called about going on with the address.", id: "Minta dihubungi lagi soal perpanjangan alamat."),
            Text("It goes on for a year, from the first of next month.", id: "Diperpanjang setahun, mulai tanggal satu bulan depan.")
        ),
    ]

    static let notes = [
        Text("Has waited since Tuesday.", id: "Menunggu sejak Selasa."),
        Text("A big parcel, in the store at the back.", id: "Paket besar, ada di gudang belakang."),
        Text("Spoke with the courier: he comes again tomorrow.", id: "Sudah bicara dengan kurir: ia datang lagi besok."),
    ]

    static let order =
        "Order 12 of the commercial court in Jakarta, in the matter of a carrier's claim; what was written has to be kept until it is heard."
    static let thirdOrder =
        "Order 31 of the district court in Jakarta, in the matter of a rent; the letters to the landlord have to be kept."
    static let otherOrder = "Request 88 of the police in Jakarta, about a parcel that was opened on its way."

    /// What fits a question, in the language in which it was asked; nil: nobody of ours asked that.
    static func answer(to question: String) -> (text: String, tongue: Tongue)? {
        for (asked, answer) in asked + told {
            for tongue in Tongue.allCases where asked(tongue) == question { return (answer(tongue), tongue) }
        }
        return nil
    }
}
