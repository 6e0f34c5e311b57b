// The words around the policy's own.

import Crypto
import Office
import Policy

struct PolicyTexts {
    let say: Language

    var title: String { say("Privacy policy", id: "Kebijakan privasi") }
    var lead: String {
        say(
            """
            This page decides every use of personal data here. The words and the rules beside them are one file: when the file \
            changes, what our staff can do changes. What no rule allows is refused.
            """,
            id: """
                Halaman ini memutuskan setiap pemakaian data pribadi di sini. Kalimat dan aturan di sampingnya adalah satu \
                berkas: bila berkasnya berubah, berubah pula apa yang dapat dilakukan staf kami. Yang tidak diizinkan aturan, \
                ditolak.
                """
        )
    }
    var inForce: String { say("In force", id: "Berlaku") }
    var notInForce: String { say("Not in force yet", id: "Belum berlaku") }
    func version(_ number: Int) -> String { say("Version \(number)", id: "Versi \(number)") }
    func coming(_ number: Int, _ since: PointInTime) -> String {
        say(
            "Version \(number) begins on \(say.dateAndTime(since)). Read what it changes",
            id: "Versi \(number) berlaku mulai \(say.dateAndTime(since)). Baca apa yang berubah")
    }
    var versions: String { say("All versions", id: "Semua versi") }
    var fingerprint: String { say("Fingerprint of the rules", id: "Sidik aturan") }
    func languageNote(isTranslated: Bool) -> String {
        guard isTranslated else {
            return say("", id: "Kata-kata kebijakan ini masih dalam bahasa Inggris; yang berlaku adalah teks ini.")
        }
        return say(
            "",
            id: "Ini terjemahan; yang berlaku adalah teks dalam bahasa Inggris dan aturannya, yang terlipat di bawah setiap aturan.")
    }
    var clauses: String { say("Clauses", id: "Pasal") }
    func rules(_ count: Int) -> String {
        count == 1
            ? say("1 rule that runs", id: "1 aturan yang berjalan") : say("\(count) rules that run", id: "\(count) aturan yang berjalan")
    }
    var asItRuns: String { say("The rule as it runs", id: "Aturan yang berjalan") }
    var namesAndAsItRuns: String { say("What it names, and the rule as it runs", id: "Yang disebutnya, dan aturan yang berjalan") }
    func rule(_ address: String) -> String { say("Rule \(address)", id: "Aturan \(address)") }
    func found(_ number: Int) -> String {
        say(
            "The policy’s file has \(say.count(number, "finding", "findings", id: "temuan")):",
            id: "Berkas kebijakan ini punya \(say.count(number, "finding", "findings", id: "temuan")):")
    }

    var alsoAsked: String { say("People also ask", id: "Yang juga ditanyakan orang") }
    var fiveQuestions: String { say("Five questions", id: "Lima pertanyaan") }
    func answers(_ glance: Glance) -> [(question: String, answer: String, anchor: String?)] {
        [
            (
                say("How is my data used?", id: "Untuk apa data saya dipakai?"),
                say(
                    "For \(glance.purposes.count) purposes, and for nothing else.",
                    id: "Untuk \(glance.purposes.count) tujuan, dan tidak untuk yang lain."), glance.purposes.anchor
            ),
            (
                say("Who outside gets it?", id: "Siapa di luar yang menerimanya?"),
                say(
                    "\(glance.outsiders.count) kinds of parties, each for what its rule names.",
                    id: "\(glance.outsiders.count) macam pihak, masing-masing untuk yang disebut aturannya."), glance.outsiders.anchor
            ),
            (
                say("What can I choose?", id: "Apa yang dapat saya pilih?"),
                say(
                    "\(glance.choices.count) things wait for your yes, or end with your no.",
                    id: "\(glance.choices.count) hal menunggu persetujuan Anda, atau berakhir bila Anda menolak."), glance.choices.anchor
            ),
            (
                say("Is it safe?", id: "Amankah?"),
                say(
                    """
                    Of \(glance.held) things that we hold, nobody who works here may see \(glance.closed.count). \
                    \(glance.isRecorded ? "Every other look is recorded." : "What can’t be recorded is refused.")
                    """,
                    id: """
                        Dari \(glance.held) hal yang kami simpan, \(glance.closed.count) tidak boleh dilihat siapa pun yang bekerja di sini. \
                        \(glance.isRecorded ? "Setiap pemakaian lain dicatat." : "Yang tidak dapat dicatat, ditolak.")
                        """), glance.closed.anchor
            ),
            (
                say("Can I put it right?", id: "Dapatkah saya membetulkannya?"),
                say(
                    "You correct \(glance.corrected.count) of them yourself, and delete \(glance.deleted.count).",
                    id: "\(glance.corrected.count) di antaranya Anda betulkan sendiri, dan \(glance.deleted.count) Anda hapus sendiri."),
                glance.corrected.anchor
            ),
        ]
    }

    /// What stands before a line of a rule's form.
    func name(of aspect: RuleAspect) -> String {
        switch aspect {
        case .who: say("Who", id: "Siapa")
        case .may: say("May", id: "Boleh")
        case .what: say("What", id: "Apa")
        case .mayNever: say("Never", id: "Tak pernah")
        case .by: say("By", id: "Oleh")
        case .from: say("From", id: "Dari")
        case .through: say("Through", id: "Lewat")
        case .carrier: say("Carried by", id: "Diantar oleh")
        case .recipient: say("To", id: "Kepada")
        case .along: say("Along goes", id: "Bersamanya")
        case .starter: say("Started by", id: "Dimulai oleh")
        case .purpose: say("What for", id: "Untuk apa")
        case .when: say("When", id: "Kapan")
        case .kept: say("Kept", id: "Disimpan")
        case .besides: ""
        }
    }

    /// What kind of rule it is, from its first words.
    func kind(of rule: Rule) -> (name: String, forbids: Bool) {
        let text = rule.text
        if text.hasPrefix("never ") { return (say("Never", id: "Tidak pernah"), true) }
        if text.hasPrefix("collect ") { return (say("Taken in", id: "Diterima"), false) }
        if text.hasPrefix("derive ") { return (say("Derived", id: "Diturunkan"), false) }
        if text.hasPrefix("send ") { return (say("Sent", id: "Dikirim"), false) }
        if text.hasPrefix("give ") { return (say("Given", id: "Diberikan"), false) }
        if text.hasPrefix("keep ") { return (say("Kept", id: "Disimpan"), false) }
        if text.hasPrefix("aggregate ") { return (say("Counted", id: "Dihitung"), false) }
        if text.hasPrefix("tell ") { return (say("Told", id: "Diberitahukan"), false) }
        if text.hasPrefix("when ") { return (say("Changes", id: "Perubahan"), false) }
        return (say("Allowed", id: "Boleh"), false)
    }
}

extension Digest {
    /// `7f3a 91c2 … 0c1e`: enough to compare by eye.
    var fingerprint: String {
        let hex = hex
        return "\(hex.prefix(4)) \(hex.dropFirst(4).prefix(4)) … \(hex.suffix(4))"
    }
}
