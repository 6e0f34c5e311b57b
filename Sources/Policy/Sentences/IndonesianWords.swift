// The words of the Indonesian catalogue: verbs, predefined names, kinds and marks.

extension Indonesian {
    static func may(_ mood: Mood) -> Wording {
        switch mood {
        case .stands, .finer, .coarser, .otherwise: "boleh"
        case .begins: "kini boleh"
        case .ends: "tidak lagi boleh"
        }
    }

    static func how(_ mood: Mood) -> Wording {
        switch mood {
        case .stands, .begins, .ends: ""
        case .finer: " lebih rinci daripada dulu"
        case .coarser: " kurang rinci daripada dulu"
        case .otherwise: ", dengan angka lain daripada dulu,"
        }
    }

    static func active(_ verb: Verb) -> Wording {
        switch verb {
        case .collect: "menyimpan"
        case .derive: "membuat"
        case .read: "melihat"
        case .correct: "membetulkan"
        case .delete: "menghapus"
        case .give: "memberikan"
        case .send: "mengirim"
        case .aggregate: "menghitung jumlah"
        }
    }

    static func passive(_ verb: Verb) -> Wording {
        switch verb {
        case .collect: "disimpan"
        case .derive: "dibuat"
        case .read: "dilihat"
        case .correct: "dibetulkan"
        case .delete: "dihapus"
        case .give: "diberikan"
        case .send: "dikirim"
        case .aggregate: "dihitung jumlahnya"
        }
    }

    static func unit(_ unit: Duration.Unit) -> Wording {
        switch unit {
        case .days: "hari"
        case .weeks: "minggu"
        case .months: "bulan"
        case .years: "tahun"
        }
    }

    static func predefined(_ bit: Int, _ holds: Bool) -> Wording {
        switch bit {
        case Symbols.inAggregate: holds ? "dihitung bersama banyak orang" : "tidak dihitung bersama banyak orang"
        case Symbols.active: holds ? "akun Anda aktif" : "akun Anda tidak aktif"
        case Symbols.deactivated: holds ? "akun Anda dinonaktifkan" : "akun Anda tidak dinonaktifkan"
        case Symbols.deleted: holds ? "akun Anda dihapus" : "akun Anda tidak dihapus"
        case Symbols.cut: holds ? "Anda memutus hubungan" : "Anda tidak memutus hubungan"
        case Symbols.termOver: holds ? "semua jangka waktu menurut hukum sudah lewat" : "jangka waktu menurut hukum masih berjalan"
        case Symbols.refused: holds ? "Anda menolaknya" : "Anda tidak menolaknya"
        default: holds ? "Anda memintanya" : "Anda tidak memintanya"
        }
    }

    static func change(_ action: ChangeAction, _ through: Wording) -> Wording {
        switch action {
        case .newUse:
            """
            kalau kebijakan ini berubah, pemakaian baru atas yang kami simpan memerlukan persetujuan Anda; kami bertanya lewat \
            \(through) Anda.
            """
        case .posted: "kalau kebijakan ini berubah tanpa pemakaian baru atas yang kami simpan, perubahannya diumumkan di situs."
        case .material: "kalau kebijakan ini berubah dalam hal penting, kami juga menyurati yang menolak pesan kami."
        case .leftAlone:
            "kalau kebijakan ini berubah, siapa pun yang memutus hubungan, menonaktifkan, atau menghapus akunnya tidak diganggu."
        }
    }

    static func kind(_ type: RecipientType) -> Wording {
        switch type {
        case .processor: "yang bekerja untuk kami menurut perintah kami"
        case .provider: "yang memberi kami layanannya sendiri"
        case .authority: "sebuah lembaga negara"
        case .partner: "seorang mitra"
        case .successor: "siapa pun yang mengambil alih kantor"
        case .party: "pihak dalam perkara"
        case .chosen: "yang Anda pilih"
        }
    }

    static func field(_ kind: FieldKind) -> Wording {
        switch kind {
        case .text: "teks"
        case .email: "alamat surel"
        case .phone: "nomor telepon"
        case .address: "alamat pos"
        case .date: "tanggal"
        case .money: "jumlah uang"
        case .number: "angka"
        case .choice: "satu dari beberapa pilihan"
        case .token: "kunci atau tanda"
        case .document: "dokumen"
        case .message: "pesan"
        }
    }

    static func thing(_ kind: Kind) -> Wording {
        switch kind {
        case .role: "peran staf"
        case .person: "jenis orang"
        case .purpose: "tujuan"
        case .recipient: "pihak luar"
        case .source: "sumber"
        case .condition: "syarat"
        case .event: "saat tertentu"
        case .message: "pesan yang kami kirim"
        case .field: "data"
        case .category: "kelompok data"
        case .actor, .everything, .anyone, .anyStaff, .anyoneOutside, .anyPurpose: "kata dari aturan ini sendiri"
        }
    }

    static func marked(_ name: Wording, _ mark: Mark, _ isNew: Bool) -> Wording {
        switch mark {
        case .promotional: isNew ? "“\(name)” kini terhitung promosi." : "“\(name)” tidak lagi terhitung promosi."
        case .sealed:
            isNew ? "kini disegel, sehingga hanya Anda yang bisa membukanya: \(name)." : "tidak lagi disegel bagi Anda saja: \(name)."
        case .record: isNew ? "kini catatan, yang tidak bisa dipersingkat oleh versi baru: \(name)." : "bukan lagi catatan: \(name)."
        case .contract: ground(name, "perjanjian kami dengan Anda", isNew)
        case .consent: ground(name, "persetujuan Anda", isNew)
        case .legalDuty: ground(name, "kewajiban yang ditetapkan hukum bagi kami", isNew)
        case .vitalInterest: ground(name, "kepentingan nyawa dan kesehatan", isNew)
        case .legitimateInterest: ground(name, "kepentingan kami yang sah", isNew)
        }
    }

    static func ground(_ name: Wording, _ ground: Wording, _ isNew: Bool) -> Wording {
        isNew ? "“\(name)” kini bersandar pada \(ground)." : "“\(name)” tidak lagi bersandar pada \(ground)."
    }

    static func asking(_ reason: AskingReason) -> Wording {
        switch reason {
        case .newUse: "pemakaian yang tidak diizinkan versi sebelumnya"
        case .longer: "tinggal lebih lama"
        case .meaning(let names): "arti \(names) yang kini lain"
        case .setters(let names): "syarat yang kini lebih mudah ditetapkan (\(names))"
        case .toldLess: "Anda tidak lagi diberi tahu, atau baru kemudian"
        case .lessAlong: "ada yang tidak harus ikut lagi"
        }
    }

    static func waiting(_ wait: Wait) -> Wording {
        switch wait {
        case .none: "Tidak ada yang perlu menunggu."
        case .hours72: "Berlaku paling cepat 72 jam setelah petugas kedua menyetujuinya."
        case .days14: "Berlaku paling cepat 14 hari setelah petugas kedua menyetujuinya."
        }
    }

    /// What is wrong with a flow, by the kind of fault; the diagnostics themselves are English.
    static func unreadable(_ fault: Unreadable) -> Wording {
        let what: Wording =
            switch (fault.code, fault.written) {
            case (_, ""): "sesudahnya masih ada yang kurang."
            case ("unknown-name", let written): "kebijakan ini tidak mengenal nama \(Wording(quoting: written))."
            case ("wrong-kind", let written): "di sini harus ada nama yang lain jenisnya, bukan \(Wording(quoting: written))."
            case (_, let written): "\(Wording(quoting: written)) tidak cocok di sini."
            }
        guard let meant = fault.meant else { return "\(what) Tulislah seperti salah satu contoh dalam kebijakan, tanpa putusannya." }
        return "\(what) Maksudnya \(Wording(quoting: meant))?"
    }
}
