// What the people of the demonstration write and say.

enum Said {
    /// By customers, on the form.
    static let asked = [
        "The courier came twice and found nobody. Can you keep the parcel until Thursday?",
        "Which documents do you need so that our company can use the address?",
        "Bisakah surat kami dipindai setiap hari Senin?",
        "We move into a larger team. What would two more telephone lines cost?",
        "Mohon telepon saya soal ruang rapat untuk hari Jumat.",
        "A letter from the tax office should have come this week. Is it there?",
        "Nama perusahaan kami berubah. Apa yang harus kami kirim?",
        "Please call me about the invoice of last month; the name of the street is wrong.",
    ]

    /// On the telephone or by mail, as it was written down.
    static let told = [
        "Asks whether somebody can sign for a registered letter tomorrow morning.",
        "Cannot find the way to the meeting room; will come at two.",
        "Menanyakan apakah kiriman dari Surabaya sudah tiba.",
        "Wants to know until when a parcel is kept.",
        "Minta dihubungi lagi soal perpanjangan alamat.",
    ]

    static let answers = [
        "We keep it at the desk in Kuningan; bring something that shows who you are.",
        "Sudah kami catat. Kiriman Anda menunggu di meja depan sampai hari Jumat.",
        "The list of documents is on the page of plans; the deed of the company is enough to begin with.",
        "It came this morning and lies in your box.",
        "Ruangnya sudah kami sisihkan, pukul dua sampai empat.",
    ]

    static let notes = [
        "Has waited since Tuesday.", "Paket besar, ada di gudang belakang.", "Spoke with the courier: he comes again tomorrow.",
    ]

    static let order =
        "Order 12 of the commercial court in Jakarta, in the matter of a carrier's claim; what was written has to be kept until it is heard."
}
