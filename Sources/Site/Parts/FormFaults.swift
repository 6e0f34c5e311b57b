// What is said of what a form doesn't accept: a sentence for each fault, and the field that it stands at.

import Office
import Policy
import Vault

extension FormFault {
    /// The id of the field that it belongs to.
    var field: String {
        switch self {
        case .nameMissing, .nameTooLong, .nameUnfit: "name"
        case .emailMissing, .emailUnfit, .emailTooLong, .emailForeign, .addressTaken: "email"
        case .telephoneMissing, .telephoneUnfit, .telephoneUnreached, .telephoneIsAddress: "telephone"
        case .textMissing, .textTooLong: "text"
        case .onlyWay: "value"
        case .addressMayComeBack: "sure"
        case .channelMissing: "channel"
        case .fromUnfit, .callerMissing: "from"
        case .answeringUnfit: "answering"
        case .wayUnfit, .afterwardsMissing: "text"
        case .soughtMissing, .searchesSpent, .foundLongAgo: "sought"
        case .contactsSpent: "text"
        case .reasonMissing: "what"
        case .nothingStored: "customer"
        case .contactProved: "parting"
        case .wishMissing: "wish"
        case .channelUnknown: "through"
        case .numberUnopened, .numberUnknown: "call-back"
        case .passwordMissing, .passwordShort, .passwordUnfit, .passwordCommon: "password"
        case .passwordsDiffer: "again"
        case .codeWrong: "code"
        case .codesOld: "codes"
        case .passkeyUnfit: "passkey"
        case .roleUnknown, .roleApart: "role"
        case .deskGone, .deskEmpty: "standing"
        case .lastAdministrator: "team"
        case .customerUnknown: "customer"
        case .fieldsMissing: "fields"
        case .dayUnfit: "review"
        case .officerWaits: "customer"
        case .silenceUnfit: "silence"
        }
    }

    /// What to do, with a form to copy.
    func sentence(_ say: Language) -> String {
        switch self {
        case .nameMissing: say("Enter a name", id: "Isi nama")
        case .nameTooLong(let limit): say("Enter a name of at most \(limit) characters", id: "Isi nama paling banyak \(limit) huruf")
        case .nameUnfit:
            say(
                "Enter a name that can be seen, on one line, and without marks that turn or hide writing",
                id: "Isi nama yang terlihat, dalam satu baris, dan tanpa tanda yang membalik atau menyembunyikan tulisan")
        case .emailTooLong(let limit):
            say(
                "Enter an email address of at most \(limit) characters; longer ones aren’t carried",
                id: "Isi alamat surel paling banyak \(limit) huruf; yang lebih panjang tidak dapat dikirimi")
        case .emailForeign:
            say(
                """
                Enter the email address in the letters a to z; of a domain in other letters the form that begins with xn--. We can’t write \
                to others yet
                """,
                id: """
                    Isi alamat surel dengan huruf a sampai z; domain berhuruf lain dalam bentuk yang diawali xn--. Ke alamat lain kami belum \
                    dapat mengirim
                    """)
        case .emailMissing:
            say("Enter an email address, like sari@ladatimur.example", id: "Isi alamat surel, seperti sari@ladatimur.example")
        case .emailUnfit:
            say(
                "Enter an email address with an @ and a domain behind it, like sari@ladatimur.example",
                id: "Isi alamat surel dengan @ dan domain di belakangnya, seperti sari@ladatimur.example")
        case .telephoneMissing:
            say("Enter the number we should call, like 0812 5550 4417", id: "Isi nomor yang harus kami telepon, seperti 0812 5550 4417")
        case .telephoneUnfit: say("Enter a telephone number, like 0812 5550 4417", id: "Isi nomor telepon, seperti 0812 5550 4417")
        case .textMissing: say("Write what it is about", id: "Tuliskan isinya")
        case .textTooLong(let limit):
            say("Write at most \(say.count(limit)) characters", id: "Tulis paling banyak \(say.count(limit)) huruf")
        case .channelMissing: say("Choose whether it was a call or a mail", id: "Pilih apakah itu telepon atau surel")
        case .fromUnfit:
            say(
                "Enter one telephone number or one email address, or leave it empty",
                id: "Isi satu nomor telepon atau satu alamat surel, atau kosongkan")
        case .callerMissing:
            say(
                "Ask which number we should call, or choose that they want no answer",
                id: "Tanyakan nomor mana yang harus kami telepon, atau pilih bahwa tidak perlu dijawab")
        case .answeringUnfit: say("Choose how we should answer", id: "Pilih cara kami menjawab")
        case .wayUnfit:
            say(
                "They don’t want the answer in that way. Nothing was sent or written down: answer as the form below does",
                id: "Bukan dengan cara itu mereka ingin dijawab. Tidak ada yang dikirim atau dicatat: jawablah seperti formulir di bawah")
        case .afterwardsMissing:
            say(
                "Say whether the case waits after that or is closed: press one of the two buttons",
                id: "Tentukan apakah pertanyaannya lalu menunggu atau ditutup: tekan salah satu tombolnya")
        case .soughtMissing:
            say(
                "Enter a customer number, an email address, a telephone number, or words of a name",
                id: "Isi nomor pelanggan, alamat surel, nomor telepon, atau kata-kata dari nama")
        case .searchesSpent(let limit):
            say(
                """
                You have looked \(say.count(limit, "time", "times", id: "")) with this contact, and that is all. Let a colleague take it, or ask for the customer number, which \
                stands in their account, when they call or write again: that is a contact of its own
                """,
                id: """
                    Anda sudah mencari \(limit) kali dengan kontak ini, dan itu batasnya. Biarkan rekan mengambilnya, atau tanyakan nomor \
                    pelanggan, yang tertera dalam akunnya, bila ia menelepon atau menulis lagi: itu kontak tersendiri
                    """)
        case .foundLongAgo:
            say(
                "Look for them with this contact first: what was found is good for fifteen minutes",
                id: "Cari dulu orangnya dengan kontak ini: yang ditemukan berlaku lima belas menit")
        case .contactsSpent(let limit):
            say(
                """
                You have recorded \(say.count(limit, "call or mail", "calls and mails", id: "")) within a day, as many as one person may here, for with each people can be looked for. \
                Let a colleague record this one; if so many do come in, an administrator raises the setting contacts_a_day
                """,
                id: """
                    Anda sudah mencatat \(limit) telepon dan surel dalam sehari, sebanyak yang boleh satu orang di sini, karena dengan setiap \
                    catatan orang dapat dicari. Biarkan rekan mencatat yang ini; bila memang sebanyak itu yang masuk, administrator menaikkan \
                    setelan contacts_a_day
                    """)
        case .reasonMissing: say("Choose what you need, and what for", id: "Pilih apa yang Anda perlukan, dan untuk apa")
        case .nothingStored(let field):
            say(
                "No \(field) is stored of them, so nothing was opened and nothing recorded",
                id: "Tidak ada \(say.thing(field)) yang tersimpan, jadi tidak ada yang dibuka dan tidak ada yang tercatat")
        case .contactProved:
            say(
                "It was proved to be theirs, so it stays: by a code that they read out, or by what they wrote in it themselves",
                id: "Ini sudah terbukti miliknya, jadi tetap: dengan kode yang ia bacakan, atau dengan yang ia tulis sendiri di dalamnya")
        case .wishMissing: say("Choose what they ask for", id: "Pilih apa yang mereka minta")
        case .channelUnknown:
            say(
                "Choose what they are reached by, or a number that we have known for a week",
                id: "Pilih yang dipakai untuk menghubungi mereka, atau nomor yang sudah kami kenal selama seminggu")
        case .numberUnopened:
            say(
                "Open the number in the case, and call it: a number that isn’t open to you wasn’t called",
                id: "Buka nomornya dalam pertanyaan, lalu telepon: nomor yang tidak terbuka bagi Anda belum ditelepon")
        case .numberUnknown:
            say(
                "A call counts only to a number that we have known for a week, and there is none",
                id: "Telepon hanya dianggap bukti bila nomornya sudah kami kenal seminggu, dan nomor seperti itu tidak ada")
        case .passwordMissing: say("Enter a password", id: "Isi kata sandi")
        case .passwordShort(let least):
            say(
                "Enter at least \(least) characters; a sentence of a few words is best",
                id: "Isi paling sedikit \(least) huruf; kalimat beberapa kata paling baik")
        case .passwordUnfit(let most):
            say(
                "Enter a password of at most \(most) letters, on one line",
                id: "Isi kata sandi paling banyak \(most) huruf, dalam satu baris")
        case .passwordCommon:
            say(
                "This is one of the first that somebody would try. Enter another, such as a sentence that only you would think of",
                id: "Ini termasuk yang pertama dicoba orang. Isi yang lain, misalnya kalimat yang hanya terpikir oleh Anda")
        case .passwordsDiffer: say("Enter the same password once more", id: "Isi kata sandi yang sama sekali lagi")
        case .passkeyUnfit:
            say(
                "The browser brought no new passkey of this site. Try once more, or with another device",
                id: "Peramban tidak memberikan kunci sandi baru untuk situs ini. Coba sekali lagi, atau dengan perangkat lain")
        case .codeWrong:
            say(
                "That is not the code of this secret. Wait for the next one, and check the clock of the device",
                id: "Itu bukan kode dari rahasia ini. Tunggu yang berikut, dan periksa jam perangkatnya")
        case .codesOld:
            say(
                "The page with those codes was an old one: they were kept before, or others were since. Nothing was changed. Keep these instead, if you aren’t sure that you have the right ones",
                id:
                    "Halaman dengan kode itu sudah lama: kode itu sudah disimpan, atau yang lain sesudahnya. Tidak ada yang berubah. Simpan kode ini bila Anda tidak yakin memiliki yang benar"
            )
        case .roleUnknown: say("Choose what they will do here", id: "Pilih tugasnya di sini")
        case .roleApart(let apart):
            say(
                "Whoever has this address is \(apart.role) or \(apart.other) already, and the policy lets nobody be both: “\(apart.text)”",
                id: """
                    Pemilik alamat ini sudah menjadi \(say.name(apart.role)) atau \(say.name(apart.other)), dan kebijakan tidak mengizinkan \
                    seorang pun menjadi keduanya: “\(apart.text)”
                    """)
        case .deskGone(let role, let rule): DeskListTexts(say: say).nothingOpens(to: role) + " “\(rule)”"
        case .deskEmpty(let role): DeskTexts(say: say).isEmpty([role])
        case .officerWaits(let new): ProposalTexts(say: say).waits(new)
        case .lastAdministrator:
            say(
                "Nobody else administers this house. Invite another administrator first, and let them come in once",
                id: "Tidak ada administrator lain di sini. Undang dulu administrator lain, dan tunggu sampai ia pernah masuk")
        case .customerUnknown:
            say(
                "Enter the email address or the number of somebody of whom we hold what you name",
                id: "Isi alamat surel atau nomor orang yang datanya, seperti yang Anda sebut, kami simpan")
        case .telephoneUnreached:
            say("Enter a number with its country, like +62 812 5550 4417", id: "Isi nomor dengan kode negaranya, seperti +62 812 5550 4417")
        case .telephoneIsAddress:
            say(
                "Enter the number that you sign in with; it can be changed on your page",
                id: "Isi nomor yang Anda pakai untuk masuk; nomor itu bisa diubah di halaman Anda")
        case .onlyWay:
            say(
                "You sign in by this and we reach you by it, and by nothing else. Put another in its place, or delete your account",
                id: "Anda masuk dan kami hubungi lewat ini saja. Ganti dengan yang lain, atau hapus akun Anda")
        case .addressMayComeBack:
            say(
                "Your former address may still take its place back, so the account can go in seven days and not at once",
                id: "Alamat lama Anda masih dapat dipakai lagi, jadi akun ini dapat dihapus dalam tujuh hari dan tidak langsung")
        case .fieldsMissing: say("Choose what mustn’t be lost", id: "Pilih apa yang tidak boleh hilang")
        case .dayUnfit, .silenceUnfit:
            say("Enter a day within the coming year, like 2027-01-31", id: "Isi hari dalam setahun mendatang, seperti 2027-01-31")
        case .addressTaken:
            say("Somebody here has this address already. Enter another", id: "Alamat ini sudah dipakai seseorang di sini. Isi yang lain")
        }
    }
}

extension [FormFault] {
    /// In the order in which the fields stand.
    func sentences(_ say: Language) -> [(field: String, sentence: String)] {
        let order = [
            "team", "through", "code", "call-back", "wish", "customer", "fields", "name", "email", "channel", "from", "telephone", "value",
            "text", "answering", "sought", "review", "silence", "password", "again", "passkey", "role",
        ]
        // Whatever stands in no form is said at the end; none is left out.
        func place(_ fault: FormFault) -> Int { order.firstIndex(of: fault.field) ?? order.count }
        return enumerated().sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }
            .map { ($0.element.field, $0.element.sentence(say)) }
    }
    /// What is wrong with one field.
    func sentence(for field: String, _ say: Language) -> String? { first { $0.field == field }?.sentence(say) }
}
