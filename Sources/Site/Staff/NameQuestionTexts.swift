// The words of complaints of uses, to the privacy officer and to whoever complains.

import Office

struct NameQuestionTexts {
    let say: Language

    var title: String { say("Complaints", id: "Keluhan") }
    var lead: String {
        say(
            """
            People know the staff by number. Whoever complains of a use asks here who it was; you look into it, learn the name if you need it, and \
            answer. What you look at is told to whom it is about.
            """,
            id: """
                Orang mengenal staf dari nomornya. Yang mengeluhkan suatu pemakaian bertanya di sini siapa orangnya; Anda memeriksanya, melihat \
                namanya bila perlu, dan menjawab. Yang Anda lihat diberitahukan kepada yang bersangkutan.
                """)
    }
    var none: String { say("Nobody asks", id: "Tidak ada yang bertanya") }
    var noneLead: String {
        say(
            "A complaint waits here until you have answered it.", id: "Keluhan menunggu di sini sampai Anda menjawabnya.")
    }
    var settledOnes: String { say("Settled", id: "Sudah selesai") }
    var settledTag: String { say("Settled", id: "Selesai") }
    var nowSettled: String {
        say("Settled. Whoever complained reads your answer.", id: "Selesai. Yang mengeluh membaca jawaban Anda.")
    }
    func complaint(_ question: NameQuestion, _ who: String) -> String {
        say("Complaint \(question.number): who is \(who)?", id: "Keluhan \(question.number): siapa \(who)?")
    }
    var complaintLead: String {
        say("Somebody complains of a use of their data.", id: "Seseorang mengeluhkan pemakaian datanya.")
    }
    var nobodysLead: String {
        say(
            "Somebody complains of the only one who could look into it. Invite a second privacy officer.",
            id: "Seseorang mengeluhkan satu-satunya orang yang dapat memeriksanya. Undang petugas pelindungan data kedua.")
    }
    func dates(_ question: NameQuestion) -> String {
        var text = say("Asked \(say.dateAndTime(question.asked))", id: "Ditanyakan \(say.dateAndTime(question.asked))")
        if let looked = question.looked {
            text += say(", looked at \(say.dateAndTime(looked))", id: ", dilihat \(say.dateAndTime(looked))")
        }
        if let learned = question.learned {
            text += say(", name learned \(say.dateAndTime(learned))", id: ", nama diketahui \(say.dateAndTime(learned))")
        }
        if let settled = question.settled {
            text += say(", settled \(say.dateAndTime(settled))", id: ", selesai \(say.dateAndTime(settled))")
        }
        return text
    }
    var ofWhat: String { say("The use that they complain of", id: "Pemakaian yang dikeluhkan") }
    var goneUse: String {
        say(
            "What was done is kept no longer, or went with whoever did it.",
            id: "Yang dilakukan tidak disimpan lagi, atau pergi bersama pelakunya.")
    }
    var wrong: String { say("What is wrong", id: "Apa yang salah") }
    /// Where no words stand.
    func unsaid(_ question: NameQuestion) -> String {
        if !question.hasWords { return say("They wrote nothing.", id: "Tidak ada yang ditulis.") }
        guard question.settled != nil else {
            return say("What they wrote was removed, or is kept no longer.", id: "Yang ditulis sudah dihapus, atau tidak disimpan lagi.")
        }
        return say("It is settled, so their words are closed again.", id: "Sudah selesai, jadi kata-katanya tertutup lagi.")
    }
    var unreadableWords: String { say("What they wrote can’t be opened.", id: "Yang ditulis tidak dapat dibuka.") }
    var unreadableUse: String {
        say("Which use it was can’t be read from the work log.", id: "Pemakaian yang dimaksud tidak dapat dibaca dari catatan kerja.")
    }
    var unreadableName: String { say("The name can’t be opened.", id: "Namanya tidak dapat dibuka.") }
    var settledMeanwhile: String {
        say(
            "It was settled meanwhile, by another officer. What you wrote was not sent, and is kept nowhere:",
            id: "Sementara itu sudah diselesaikan petugas lain. Tulisan Anda tidak dikirim, dan tidak disimpan di mana pun:")
    }
    var learn: String { say("Learn who it was", id: "Lihat siapa orangnya") }
    var answer: String { say("Your answer", id: "Jawaban Anda") }
    func answerHint(isTold: Bool) -> String {
        guard isTold else {
            return say(
                "Whoever complained reads it, and that it is settled.", id: "Yang mengeluh membacanya, dan bahwa keluhannya selesai.")
        }
        return say(
            "Whoever complained is told that it is there, and reads it on the page of the use.",
            id: "Yang mengeluh dikabari bahwa jawabannya ada, dan membacanya di halaman pemakaian itu.")
    }
    var settle: String { say("Answer, and settle it", id: "Jawab, dan selesaikan") }
    var told: String {
        say("Whose name it is reads at once that you looked.", id: "Yang empunya nama langsung membaca bahwa Anda melihatnya.")
    }
    var gone: String {
        say(
            "They don’t work here any more, and their name is forgotten. What they did stays on show by number.",
            id: "Ia tidak bekerja di sini lagi, dan namanya sudah dilupakan. Yang dilakukannya tetap terlihat dengan nomornya.")
    }
    func work(_ who: String) -> String { say("All that \(who) did", id: "Semua yang dilakukan \(who)") }

    func who(_ who: String) -> String { say("Who is \(who)?", id: "Siapa \(who)?") }
    func whoLead(_ who: String) -> String {
        say(
            """
            You know them by number. If you have a complaint of this, the privacy officer learns who it was, looks into it and answers you here; \
            \(who) reads that they did, and has nothing of yours before them until it is settled.
            """,
            id: """
                Anda mengenalnya dari nomornya. Bila Anda mengeluhkan ini, petugas pelindungan data mengetahui siapa orangnya, memeriksanya, dan \
                menjawab Anda di sini; \(who) membaca bahwa itu dilakukan, dan tidak melihat apa pun tentang Anda sampai itu selesai.
                """)
    }
    var whatIsWrong: String { say("What is wrong?", id: "Apa yang salah?") }
    var whatIsWrongHint: String {
        say(
            "A sentence is enough. The privacy officer alone reads it.",
            id: "Satu kalimat cukup. Hanya petugas pelindungan data yang membacanya.")
    }
    var ask: String { say("Complain, and ask who it was", id: "Ajukan keluhan, dan tanyakan siapa orangnya") }
    var again: String {
        say(
            "If that isn’t enough, complain again and say what is wrong.",
            id: "Bila belum cukup, ajukan keluhan lagi dan katakan apa yang salah.")
    }
    var yourWords: String { say("You wrote", id: "Anda menulis") }
    var officersAnswer: String { say("The privacy officer answered", id: "Petugas pelindungan data menjawab") }
    func standing(_ complaint: OwnComplaint) -> String {
        let question = complaint.question
        var text = say(
            "You complained of this on \(say.dateAndTime(question.asked)), as complaint \(question.number).",
            id: "Anda mengeluhkan ini pada \(say.dateAndTime(question.asked)), sebagai keluhan \(question.number).")
        if let looked = question.looked {
            text += say(
                " The privacy officer looked at it on \(say.dateAndTime(looked)).",
                id: " Petugas pelindungan data melihatnya pada \(say.dateAndTime(looked)).")
        } else if complaint.isNobodys {
            text += say(
                " It is of the only one who could look into it: the administrator reads that a second privacy officer is needed.",
                id:
                    " Ini tentang satu-satunya orang yang dapat memeriksanya: administrator membaca bahwa petugas pelindungan data kedua diperlukan."
            )
        } else if question.settled == nil {
            text += say(" The privacy officer hasn’t looked yet.", id: " Petugas pelindungan data belum melihatnya.")
        }
        if let learned = question.learned {
            text += say(
                " They learned who it was on \(say.dateAndTime(learned)).",
                id: " Siapa orangnya diketahui pada \(say.dateAndTime(learned)).")
        }
        if let settled = question.settled {
            text += say(" It was settled on \(say.dateAndTime(settled)).", id: " Diselesaikan pada \(say.dateAndTime(settled)).")
        }
        return text
    }
}
