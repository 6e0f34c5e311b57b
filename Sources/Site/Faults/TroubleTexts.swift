// The words of pages for what didn't happen: what it was, and what was not lost.

import Office
import Policy
import Vault

extension Trouble {
    func heading(_ say: Language) -> String {
        switch self {
        case .missing: say("There is nothing at this address", id: "Tidak ada halaman di alamat ini")
        case .departed: say("This account is deleted", id: "Akun ini sudah dihapus")
        case .over(let number, .closed): say("Case \(number) is closed", id: "Pertanyaan \(number) sudah ditutup")
        case .over(let number, .deleted): say("Case \(number) is deleted", id: "Pertanyaan \(number) sudah dihapus")
        case .notHeld(let field):
            ["passkeys", "recovery codes", "preferences", "interests", "handover limits"].contains(field)
                ? say("No \(field) of yours are stored", id: "Tidak ada \(say.thing(field)) Anda yang tersimpan")
                : say("No \(field) of yours is stored", id: "Tidak ada \(say.thing(field)) Anda yang tersimpan")
        case .notByHand(let field):
            say("Your \(field) isn’t changed by itself", id: "\(say.thing(field).capitalised) Anda tidak diubah tersendiri")
        case .heldAlready(let field): say("Your \(field) is stored already", id: "\(say.thing(field).capitalised) Anda sudah tersimpan")
        case .wrongMethod: say("This address doesn’t take that", id: "Alamat ini tidak menerima permintaan seperti itu")
        case .foreignForm: say("We didn’t take this form", id: "Formulir ini tidak kami terima")
        case .foreignLink: say("A page of another site led here", id: "Halaman situs lain mengarahkan ke sini")
        case .oneFactor: say("A second factor first", id: "Faktor kedua dulu")
        case .damagedForm: say("This form came damaged", id: "Formulir ini sampai dalam keadaan rusak")
        case .refused(let refused): say.refusal(refused)
        case .tooMany: say("Too many tries", id: "Terlalu banyak percobaan")
        case .notSent: say("The email could not be sent", id: "Surel tidak dapat dikirim")
        case .cannotWrite: say("We can’t take anything in just now", id: "Saat ini kami tidak dapat menerima apa pun")
        case .inTheWay: say("Our own records stand in the way", id: "Catatan kami sendiri menghalanginya")
        case .unsigned: say("The public log isn’t shown just now", id: "Log publik saat ini tidak ditampilkan")
        case .broken: say("Something broke on our side", id: "Ada yang rusak di pihak kami")
        case .damaged: say("What this page needs can’t be opened", id: "Yang diperlukan halaman ini tidak dapat dibuka")
        }
    }

    func lead(_ say: Language) -> String {
        switch self {
        case .missing:
            say("The page may have moved, or it was never yours to see.", id: "Halamannya mungkin pindah, atau memang bukan untuk Anda.")
        case .departed:
            say(
                "It was deleted while you were writing, so nothing was changed and nothing of it is left here.",
                id: "Akun dihapus saat Anda menulis, jadi tidak ada yang berubah dan tidak ada yang tersisa di sini.")
        case .over(_, .closed):
            say(
                """
                Nothing was sent, and nothing was written down. Its customer can open it again; what they call or write about now is \
                recorded anew.
                """,
                id: """
                    Tidak ada yang terkirim, dan tidak ada yang tercatat. Pelanggannya dapat membukanya lagi; telepon atau surelnya yang baru \
                    dicatat tersendiri.
                    """)
        case .over(_, .deleted):
            say(
                "It went with its customer’s account. Nothing was sent, and nothing was written down.",
                id: "Pertanyaannya hilang bersama akun pelanggannya. Tidak ada yang terkirim, dan tidak ada yang tercatat.")
        case .notHeld:
            say(
                "It was removed meanwhile, perhaps in another browser, or never given. Nothing was changed now.",
                id: "Mungkin sudah dihapus, misalnya di peramban lain, atau memang belum pernah diberikan. Kali ini tidak ada yang berubah."
            )
        case .notByHand:
            say(
                "It is stored, and your data say until when and by which rule. It goes with what it belongs to, as a cookie with its session.",
                id:
                    "Isinya tersimpan, dan halaman data Anda menyebut sampai kapan dan menurut aturan mana. Ia pergi bersama yang memilikinya, seperti kuki bersama sesinya."
            )
        case .heldAlready:
            say(
                "It was given meanwhile, perhaps in another browser. Nothing was changed now; you can correct it.",
                id: "Sementara itu sudah diberikan, mungkin di peramban lain. Kali ini tidak ada yang berubah; Anda dapat membetulkannya.")
        case .wrongMethod: say("Nothing was changed.", id: "Tidak ada yang berubah.")
        case .damagedForm:
            say(
                "A part of it was missing, so nothing was changed. Open its page again, and press once more.",
                id: "Sebagiannya hilang, jadi tidak ada yang berubah. Buka lagi halamannya, lalu tekan sekali lagi.")
        case .foreignForm:
            say(
                """
                It came from another site, or from a page that was opened before you signed in or out, or the browser lost its cookies. \
                Nothing was changed.
                """,
                id: """
                    Asalnya dari situs lain, atau dari halaman yang dibuka sebelum Anda masuk atau keluar, atau kuki peramban hilang. \
                    Tidak ada yang berubah.
                    """)
        case .foreignLink:
            say(
                "What you open here is recorded under your name, so it was not opened. Open it yourself if you mean to.",
                id: "Yang Anda buka di sini tercatat atas nama Anda, jadi belum dibuka. Buka sendiri bila memang itu maksud Anda.")
        case .oneFactor:
            say(
                """
                What customers entrust to us opens only for who comes in by two factors. Add an app or a passkey; it takes a minute. If \
                you have one, sign in once more.
                """,
                id: """
                    Yang dipercayakan pelanggan kepada kami hanya terbuka bagi yang masuk dengan dua faktor. Tambahkan aplikasi atau kunci \
                    sandi; semenit selesai. Bila sudah punya, masuklah sekali lagi.
                    """)
        // What was done before this page was asked for stays done.
        case .refused(let refused) where refused.verb == .read:
            say(
                "The policy decides, and it said no. Nothing was shown.",
                id: "Kebijakan yang memutuskan, dan jawabannya tidak. Tidak ada yang ditampilkan.")
        case .refused:
            say(
                "The policy decides, and it said no. Nothing was shown and nothing was changed.",
                id: "Kebijakan yang memutuskan, dan jawabannya tidak. Tidak ada yang ditampilkan dan tidak ada yang berubah.")
        case .tooMany(let seconds):
            say(
                "To keep others from guessing, we wait a while. Try again in \(say.wait(seconds)).",
                id: "Supaya orang lain tidak menebak-nebak, tunggu dulu. Coba lagi dalam \(say.wait(seconds)).")
        case .notSent:
            say(
                "What you entered is stored; nothing was lost. Ask for the code again in a minute.",
                id: "Isian Anda tersimpan; tidak ada yang hilang. Minta kodenya lagi sebentar lagi.")
        case .cannotWrite(let seconds):
            say(
                """
                Nothing was lost: what was stored before is still there, and nothing of what you just sent was stored. Try again \
                in \(say.wait(seconds)).
                """,
                id: """
                    Tidak ada yang hilang: yang tersimpan tetap ada, dan kiriman Anda barusan belum disimpan. Coba lagi dalam \
                    \(say.wait(seconds)).
                    """)
        case .inTheWay:
            say(
                """
                Something that has to be new is in our database already. Nothing of what you just sent was stored, and what was stored before \
                is still there. Whoever runs this house is told; sending it again helps only once they have looked.
                """,
                id: """
                    Sesuatu yang harus baru sudah ada dalam basis data kami. Kiriman Anda barusan tidak disimpan, dan yang tersimpan tetap ada. \
                    Pengelola rumah ini diberi tahu; mengirim lagi baru berguna setelah mereka memeriksanya.
                    """)
        case .unsigned:
            say(
                """
                Its newest checkpoints aren’t as they were signed, so none is given out: what can’t be proved isn’t shown. Whoever runs this \
                house is told. Keep what you fetched before; it shows what was changed.
                """,
                id: """
                    Titik periksanya yang terbaru tidak seperti saat ditandatangani, jadi tidak ada yang dibagikan: yang tidak terbukti tidak \
                    ditampilkan. Pengelola rumah ini diberi tahu. Simpan yang pernah Anda ambil; dari situ terlihat apa yang diubah.
                    """)
        case .damaged:
            say(
                """
                It was damaged or changed, or its key was lost; whoever runs this house was told. What you just sent was not taken in by half. \
                The page of one’s data shows what is whole.
                """,
                id: """
                    Datanya rusak atau berubah, atau kuncinya hilang; pengelola situs ini sudah diberi tahu. Kiriman Anda barusan tidak diterima \
                    separuh-separuh. Halaman data Anda memperlihatkan yang masih utuh.
                    """)
        case .broken:
            say(
                "Nothing was lost: what was stored before is still there, and what you just sent was not taken in by half.",
                id: "Tidak ada yang hilang: yang tersimpan tetap ada, dan kiriman Anda barusan tidak diterima separuh-separuh.")
        }
    }
}
