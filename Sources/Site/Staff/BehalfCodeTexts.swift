// The words of the codes that go out while customer service acts for somebody: to what they are reached by, and to what is new.

import Office
import Vault

extension BehalfTexts {
    var whereto: String { say("Where should the code go?", id: "Ke mana kodenya dikirim?") }
    func channel(_ field: String) -> String {
        field == "email address"
            ? say("To their email address", id: "Ke alamat surelnya") : say("To their telephone number", id: "Ke nomor teleponnya")
    }
    var sendCode: String { say("Send the code", id: "Kirim kodenya") }
    func sent(to field: String, until time: String) -> String {
        say(
            "A code went to their \(say.thing(field)). It is good until \(time): ask them to read it out.",
            id: "Kode sudah dikirim ke \(say.thing(field))nya. Berlaku sampai \(time): minta dibacakan.")
    }
    var code: String { say("The code that they read out", id: "Kode yang mereka bacakan") }
    var codeHint: String { say("Six digits. Spaces don’t matter.", id: "Enam angka. Spasi tidak berpengaruh.") }
    var check: String { say("Check the code", id: "Periksa kodenya") }
    var anotherCode: String { say("It didn’t arrive: send another", id: "Tidak sampai: kirim yang lain") }
    func newCodeSent(_ wish: Wish) -> String {
        wish == .email
            ? say(
                """
                If the address is free, and not too many codes were asked for lately, a code is on its way to it. Have that read out too. If \
                none comes, try again in ten minutes.
                """,
                id: """
                    Bila alamat itu belum dipakai, dan belakangan ini tidak terlalu banyak kode diminta, kode sedang dikirim ke sana. Minta \
                    dibacakan juga. Bila tidak ada yang datang, coba lagi sepuluh menit lagi.
                    """)
            : say(
                """
                A code is on its way to the new number, if not too many were asked for lately. Have that read out too. If none comes, try \
                again in ten minutes.
                """,
                id: """
                    Kode sedang dikirim ke nomor baru, bila belakangan ini tidak terlalu banyak kode diminta. Minta dibacakan juga. Bila tidak \
                    ada yang datang, coba lagi sepuluh menit lagi.
                    """)
    }
    func anotherAddress(_ wish: Wish) -> String {
        wish == .email
            ? say("Another address, or a new code", id: "Alamat lain, atau kode baru")
            : say("Another number, or a new code", id: "Nomor lain, atau kode baru")
    }

    var noChannel: String {
        say(
            "Nothing of theirs is known to which a code could go.", id: "Tidak ada alamat atau nomor mereka yang dapat dikirimi kode.")
    }
    /// Of what they are reached by since lately: no code goes there.
    func moved(_ field: String, until day: String) -> String {
        say(
            """
            Their \(say.thing(field)) took another one’s place a short time ago, which can take it back until \(day). So long a code that goes \
            there proves nothing.
            """,
            id: """
                \(say.thing(field).capitalised) mereka belum lama menggantikan yang lain, yang dapat dipakai lagi sampai \(day). Selama itu kode \
                yang dikirim ke sana tidak membuktikan apa pun.
                """)
    }
}
