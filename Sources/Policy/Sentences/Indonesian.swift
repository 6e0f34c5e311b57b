// The catalogue in Indonesian, said to the person whom the data are of.

enum Indonesian {
    static func say(_ phrase: Phrase) -> Wording {
        switch phrase {
        case .all(let items): list(items, "dan")
        case .any(let items): list(items, "atau")
        case .alternatives(let items): joined(items, "; atau ")
        case .but(let all, let some): "\(all) kecuali \(some)"
        case .atOnce(let facts): "\(list(facts, "dan")) sekaligus"
        case .yours(let things): things.text.hasSuffix(" Anda") ? things : "\(things) Anda"
        case .to(let purposes): ", untuk \(list(purposes, "atau"))"
        case .toAnyPurpose(let some):
            some.isEmpty ? ", untuk keperluan apa pun" : ", untuk keperluan apa pun kecuali \(list(some, "atau"))"
        case .startedBy(let starters): ", kalau dimulai oleh \(list(starters, "atau"))"
        case .not(let fact): "tanpa \(fact)"
        case .condition(let on, let clauses, let without, let unless):
            joined(
                [
                    part("dengan syarat ", on, "dan"), each("tanpa ", without, "dan"),
                    part(on.isEmpty && without.isEmpty ? "jika " : "dan jika ", clauses, "dan"),
                    choice("kecuali ", unless, "atau"),
                ],
                ", ")
        case .inEachCase(let alternatives, let unless): "\(alternatives); masing-masing \(unless)"
        case .whereNone(let facts): "selama tidak satu pun dari ini terjadi: \(joined(facts, "; "))"
        case .duration(let duration): "\(duration.count) \(unit(duration.unit))"

        case .you: "Anda"
        case .theSite: "situs dengan sendirinya"
        case .site: "situs"
        case .everything: "semua yang kami simpan"
        case .anyone: "siapa pun"
        case .anyStaff: "staf mana pun"
        case .anyoneOutside: "siapa pun di luar"
        case .anyPurpose: "keperluan apa pun"
        case .collected: "kami terima"
        case .predefined(let bit, let holds): predefined(bit, holds)

        case .doing(let verb), .does(let verb): active(verb)
        case .done(let verb): passive(verb)
        case .used: "dipakai dengan cara apa pun"

        case .collects(let mood, let things, let sources, let tail): "kami \(may(mood)) menyimpan \(things), dari \(sources)\(tail)."
        case .derives(let mood, let things, let from, let tail): "kami \(may(mood)) membuat \(things) dari \(from)\(tail)."
        case .uses(let mood, let who, let verbs, let things, let tail): "\(who) \(may(mood)) \(verbs) \(things)\(tail)."
        case .gets(let mood, let who, let things, let along, let tail):
            "\(who) \(may(mood)) menerima \(things)\(along.map { ", bersama \($0) (yang boleh juga diterima sendiri)" as Wording } ?? "")\(tail)."
        case .sends(let mood, let messages, let through, let carriers, let tail):
            "kami \(may(mood)) mengirim \(messages) lewat \(through)\(carriers.map { ", diantar oleh \($0)" as Wording } ?? "")\(tail)."
        case .counts(let mood, let who, let things, let tail):
            "\(who) \(may(mood)) mengetahui\(how(mood)) berapa banyak orang punya \(things) yang mana, dan tidak pernah siapa\(tail)."
        case .cannotRefuse: "Anda tidak bisa menolaknya."
        case .canRefuse: "Anda bisa menolaknya kapan saja."
        case .onlyIfAsked: "Hanya datang kalau Anda memintanya."
        case .untilDeactivated: "Berhenti saat Anda menonaktifkan atau menghapus akun."
        case .untilDeleted: "Berhenti saat Anda menghapus akun."
        case .crowd(let people, let budget, let per):
            """
            Kelompok di bawah \(people) orang tidak ditunjukkan, dan setiap hitungan dikaburkan secara acak \
            (anggaran privasi \(budget.replacing(".", with: ",")) bagi setiap orang dalam \(per)).
            """

        case .numbers(let people, let budget, let per):
            "tidak ada kelompok di bawah \(people) orang, dan anggaran privasi \(budget.replacing(".", with: ",")) bagi setiap orang dalam \(per)"

        case .never(let things, let isHeld, let deeds, let from, let through, let to, let by, let tail):
            """
            \(things.map { "\($0) tidak pernah" as Wording } ?? "tidak satu pun\(isHeld ? " yang kami simpan" : "") pernah") boleh \
            \(deeds)\(some(" dari ", from))\(some(" lewat ", through))\(some(" kepada ", to))\(some(" oleh ", by))\(tail).
            """
        case .notEvenYou: ", Anda pun tidak"
        case .keeps(let things, let span, let reason): "kami menyimpan \(things) \(span), \(reason)."
        case .keptInAll(let things, let terms, let caps):
            """
            seluruhnya, kami menyimpan \(things) \(joined(terms, "; atau "))\(terms.count > 1 ? "; yang berlaku ialah yang paling lama" : "")\
            \(part("; tetapi ", caps, "dan")).
            """
        case .whileTrue(let fact): "selama \(fact)"
        case .whileTrueThen(let fact, let duration): "selama \(fact), dan \(duration) sesudahnya"
        case .after(let duration, let event): "sampai \(duration) setelah \(event)"
        case .atMost(let duration, let event): "paling lama sampai \(duration) setelah \(event), kecuali hukum menetapkan lebih lama"
        case .capped(let terms, let caps): "\(terms); tetapi \(joined(caps, ", dan "))"
        case .because(let reason): "karena \(reason)"
        case .byLaw(let law): "sebagaimana diwajibkan hukum: \(law)"
        case .toldAtOnce(let deed): "Anda segera diberi tahu kalau \(deed)."
        case .toldOnceOver(let fact, let deed):
            "Anda diberi tahu kalau \(deed); tetapi selama hal ini berlaku, baru sesudah berakhir: \(fact)."
        case .whenUsed(let who, let deeds, let things, let tail): "\(who) \(deeds) \(things)\(tail)"
        case .whenGiven(let things, let to, let tail): "kami memberikan \(things) kepada \(to)\(tail)"
        case .change(let action, let through): change(action, through)

        case .yes(let question): "\(question): ya."
        case .no(let question): "\(question): tidak."
        case .unreadable(let fault): "Ini tidak bisa dibaca, mulai kolom \(fault.column): \(unreadable(fault))"
        case .permittedBy(let rule): "Diizinkan oleh \(rule)"
        case .forbiddenBy(let rule): "Dilarang oleh \(rule)"
        case .keptBy(let rule): "Hukum mewajibkan hal ini disimpan, menurut \(rule)"
        case .wouldPermit(let rule): "Bisa diizinkan oleh \(rule)"
        case .alongGoes(let things): "Harus ikut bersamanya: \(things)."
        case .isKept(let why): "Disimpan \(why)."
        case .notKept: "Jangka waktunya sudah lewat: saat itu sudah tidak ada."
        case .noRule:
            "Tidak ada aturan dalam kebijakan ini yang mengizinkannya, dalam keadaan apa pun. Yang tidak diizinkan aturan ditolak."
        case .byFormer(let version): "Begitulah kata versi \(version), yang berlaku ketika data itu diterima."
        case .itNeeds(let facts): "Menurut yang disebut di sini, ini yang kurang: \(facts)."
        case .itNeedsStarter(let who): "Harus dimulai oleh \(who)."
        case .liftedBy(let facts): "Larangan itu gugur dengan: \(facts)."
        case .holdsOnly(let condition): "Itu hanya berlaku \(condition)."
        case .nothingLifts: "Tidak ada yang menggugurkannya."
        case .evenThenNoRule: "Tetapi saat itu pun tidak ada aturan yang mengizinkannya."
        case .evenThenNeeds(let facts): "Tetapi saat itu pun ini yang kurang: \(facts)."
        case .evenThenForbidden(let rule): "Tetapi saat itu pun dilarang oleh \(rule)."
        case .includes(let thing, let category): "“\(category)” mencakup \(thing)."
        case .means(let name, let prose): "\(name): \(prose)."
        case .setBy(let who): "Ditetapkan oleh \(who)."
        case .setByItself: "Situs mengetahuinya sendiri."
        case .setBySending(let message, let duration): "Berlaku \(duration) setelah kami mengirim \(message)."
        case .together(let people): "\(list(people, "dan")) bersama-sama"

        case .versions(let from, let to): "Yang berubah dari versi \(from) ke versi \(to)"
        case .nothingChanges: "Tidak ada yang berubah."
        case .notNeighbours(let from, let to):
            """
            Di antara versi \(from) dan versi \(to) ada versi lain yang tidak dilihat di sini: nama yang diganti dua kali terhitung baru. \
            Bandingkan tiap versi dengan versi berikutnya untuk melihat apa yang diminta setiap perubahan.
            """
        case .notLater(let from, let to):
            from == to
                ? "Kedua dokumen menyebut diri versi \(to): dokumen yang diubah mendapat nomor sendiri."
                : "Dokumen kedua lebih lama, yaitu versi \(to): yang di bawah ini adalah bagaimana versi \(from) dibatalkan."
        case .nobodyMay: "Tidak seorang pun, untuk apa pun: yang tidak diizinkan aturan mana pun ditolak."
        case .permitsNothing(let name, let isPurpose):
            "Tidak ada aturan yang mengizinkan apa pun \(isPurpose ? "untuk" : "kepada") \(name): yang tidak diizinkan aturan ditolak."
        case .opensNothing: "Ini tidak membuka apa pun."
        case .stops(let rules): "Ini menghentikan sesuatu: \(rules)."
        case .delays(let rules): "Selama ini berlaku, Anda belum diberi tahu: \(rules)."
        case .tooEntangled:
            """
            Syarat kedua versi saling terkait begitu rumit sehingga tidak bisa dibandingkan secara tepat: dianggap semuanya berubah. \
            Yang bisa dibandingkan ada di bawah.
            """
        case .uncompared(let rules): "Aturan-aturan ini tidak bisa dibandingkan, jadi harus dibaca sendiri: \(rules)."
        case .throughout: "Dalam seluruh kebijakan"
        case .conditionsNamed: "Syarat yang disebut di sini"
        case .forYou: "Bagi Anda"
        case .forTheSite: "Yang dilakukan situs dengan sendirinya"
        case .forWhom(let who): "Bagi \(who)"
        case .keptLonger(let things): "\(things) boleh tinggal lebih lama daripada dulu."
        case .keptShorter(let things): "\(things) tidak boleh tinggal selama dulu."
        case .keptOtherwise(let things): "\(things) boleh tinggal lain daripada dulu: kadang lebih lama, kadang tidak selama dulu."
        case .otherwise(let before, let now): "Dulu: \(before). Kini: \(now)."
        case .notAtAll: "tidak sama sekali"
        case .countsAnew(let names): "Itu terhitung baru, sebab \(names) bukan lagi yang dulu."
        case .nowByLaw(let things): "Alasan menyimpan \(things) kini hukum; dulu alasan kami sendiri."
        case .noLongerByLaw(let things): "Alasan menyimpan \(things) kini alasan kami sendiri; dulu hukum."
        case .forReason(let term, let isLaw): "\(term), \(isLaw ? "sebagaimana diwajibkan hukum" : "atas alasan kami sendiri")"
        case .compulsory(let message): "Anda tidak lagi bisa menolak \(message)."
        case .refusable(let message): "Kini Anda bisa menolak \(message), atau ia tidak dikirim lagi."
        case .carriesMore(let message, let things): "bersama \(message) kini ikut juga: \(things)."
        case .carriesLess(let message, let things): "bersama \(message) tidak lagi ikut: \(things)."
        case .carriesOther(let message, let things): "yang ikut bersama \(message) dengan nama ini kini data lain daripada dulu: \(things)."
        case .newPromise(let promise): "Janji baru kami: \(promise)"
        case .lostPromise(let promise): "Tidak lagi kami janjikan: \(promise)"
        case .promise(let change, let before, let now):
            switch change {
            case .more: "kami berjanji lebih banyak daripada dulu. Dulu: \(before) Kini: \(now)"
            case .less: "kami berjanji lebih sedikit daripada dulu. Dulu: \(before) Kini: \(now)"
            case .both: "kami berjanji kadang lebih banyak daripada dulu, kadang lebih sedikit. Dulu: \(before) Kini: \(now)"
            }
        case .promisesReach(let more, let things):
            more
                ? "janji kami tentang yang tidak pernah dilakukan mencakup lebih banyak untuk \(things)."
                : "janji kami tentang yang tidak pernah dilakukan mencakup lebih sedikit untuk \(things)."
        case .toldOf(let more, let things):
            more
                ? "Anda diberi tahu lebih banyak, atau lebih cepat, tentang yang dilakukan dengan \(things)."
                : "Anda diberi tahu lebih sedikit, atau lebih lambat, tentang yang dilakukan dengan \(things)."
        case .goesAlong(let more, let who, let things, let along, let tail):
            "kalau \(who) menerima \(things)\(tail), ini \(more ? "kini harus ikut juga" : "tidak harus ikut lagi"): \(along)."
        case .learnedInAll(let who, let isMore, let before, let now):
            "seluruhnya, \(who) boleh mengetahui lebih \(isMore ? "banyak" : "sedikit") tentang setiap orang daripada dulu. Dulu: \(before). Kini: \(now)."
        case .budget(let budget, let per): "anggaran privasi \(budget.replacing(".", with: ",")) dalam \(per)"
        case .askedThrough(let before, let now):
            "kami meminta persetujuan Anda lewat jalan lain daripada dulu. Dulu: lewat \(before) Anda. Kini: lewat \(now) Anda."
        case .newRecipient(let name, let type, let countries):
            "\(name) untuk pertama kalinya disebut sebagai penerima: \(kind(type)), di \(countries)."
        case .lostRecipient(let name): "tidak ada lagi yang pergi kepada \(name)."
        case .changedRecipient(let name, let before, let now):
            "\(name) kini pihak jenis lain, dan terhitung pihak baru. Dulu: \(before). Kini: \(now)."
        case .type(let type, let countries): "\(kind(type)), di \(countries)"
        case .changedThing(let name, let before, let now):
            "“\(name)” kini hal jenis lain, dan terhitung baru. Dulu: \(before). Kini: \(now)."
        case .fieldKind(let kind): field(kind)
        case .thing(let kind): thing(kind)
        case .wasNever(let name, let former, let kind):
            "“\(name)” disebut sebagai yang dulu bernama \(former); tetapi itu \(kind), jadi “\(name)” terhitung baru."
        case .countries(let name, let change, let added, let before, let now):
            if let added {
                "\(name) kini boleh juga berada di \(added)."
            } else {
                switch change {
                case .more: "\(name) boleh berada di lebih banyak negara daripada dulu. Dulu: \(before). Kini: \(now)."
                case .less: "\(name) boleh berada di lebih sedikit negara daripada dulu. Dulu: \(before). Kini: \(now)."
                case .both: "\(name) boleh berada di negara lain daripada dulu. Dulu: \(before). Kini: \(now)."
                }
            }
        case .anyCountry: "negara mana pun"
        case .renamed(let name, let former): "\(name) dulu bernama \(former)."
        case .apart(let one, let other, let isNew):
            isNew
                ? "tak seorang pun boleh lagi merangkap: \(one) dan \(other)."
                : "orang yang sama kini boleh merangkap: \(one) dan \(other)."
        case .setters(let fact, let change, let before, let now):
            switch change {
            case .more: "“\(fact)” lebih mudah ditetapkan daripada dulu. Dulu: \(before) Kini: \(now)"
            case .less: "“\(fact)” lebih sulit ditetapkan daripada dulu. Dulu: \(before) Kini: \(now)"
            case .both: "“\(fact)” ditetapkan pihak lain daripada dulu. Dulu: \(before) Kini: \(now)"
            }
        case .mark(let name, let mark, let isNew): marked(name, mark, isNew)
        case .keptIn(let country, let isNew):
            isNew ? "data kini disimpan juga di \(country)." : "data tidak lagi disimpan di \(country)."
        case .meantOtherwise(let name, let before, let now): "“\(name)” berarti lain. Dulu: \(before). Kini: \(now)."
        case .wordedOtherwise(let name, let before, let now):
            "“\(name)” hanya ditulis dengan kata lain, dan artinya tetap. Dulu: \(before). Kini: \(now)."
        case .nothing: "tidak ada"

        case .whatFollows: "Akibatnya"
        case .yesNeeded(let things):
            """
            Kalau salah satu dari ini kami simpan tentang Anda, kami bertanya lewat surel, dan sampai Anda mengatakan ya, versi \
            yang dulu berlaku baginya; tanpa jawaban berarti tidak: \(things).
            """
        case .asked(let reason, let things): "kami bertanya karena \(asking(reason)): \(things)."
        case .concerns(let people):
            people == 0 ? "Tak ada yang seperti itu tersimpan tentang siapa pun." : "Itu menyangkut paling banyak \(people) orang."
        case .touches(let people):
            people == 0
                ? "Tak ada yang terkena perubahan ini tersimpan tentang siapa pun."
                : "Yang terkena perubahan ini tersimpan tentang paling banyak \(people) orang."
        case .mailedToAll:
            "Anda dikabari meskipun Anda menolak pesan kami; tidak kalau Anda memutus hubungan atau sudah pergi."
        case .posted: "Diumumkan di situs."
        case .waits(let wait): waiting(wait)
        }
    }

    // MARK: Joints

    private static func list(_ items: [Wording], _ joint: String) -> Wording {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(joined(items.dropLast(), ", "))\(items.count > 2 ? "," : "") \(joint) \(last)"
    }

    private static func joined(_ items: some Sequence<Wording>, _ mark: Wording) -> Wording {
        items.reduce(into: "") { said, item in
            if !said.isEmpty, !item.isEmpty { said.append(mark) }
            said.append(item)
        }
    }

    private static func part(_ opening: Wording, _ items: [Wording], _ joint: String) -> Wording {
        items.isEmpty ? "" : "\(opening)\(list(items, joint))"
    }

    /// The word stands before each, since it says something of each.
    private static func each(_ opening: Wording, _ items: [Wording], _ joint: String) -> Wording {
        list(items.map { "\(opening)\($0)" }, joint)
    }

    /// Of many, each is set apart by the word between them.
    private static func choice(_ opening: Wording, _ items: [Wording], _ joint: String) -> Wording {
        items.count > 4 ? "\(opening)\(joined(items, ", \(joint) "))" : part(opening, items, joint)
    }

    private static func some(_ opening: Wording, _ wording: Wording?) -> Wording { wording.map { "\(opening)\($0)" } ?? "" }
}
