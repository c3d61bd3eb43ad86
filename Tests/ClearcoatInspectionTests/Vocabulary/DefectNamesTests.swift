import ClearcoatInspection
import Testing

@Suite struct DefectNamesTests {
    @Test(
        arguments: [
            (DefectClass.inclusion, "Inclusion", "Einschluss", "夹杂", "26"),
            (.crater, "Crater", "Krater", "缩孔", "4b"),
            (.pinhole, "Pinhole", "Nadelstich", "针孔", "22"),
            (.scratch, "Scratch", "Kratzer", "划痕", "17"),
            (.run, "Run", "Läufer", "流挂", "18"),
            (.fibre, "Fibre", "Faser", "纤维", "26"),
            (.stain, "Stain", "Fleck", "污斑", "10"),
            (.dent, "Dent or bump", "Delle oder Beule", "凹凸", "3"),
            (.unknown, "Unknown", "Unbekannt", "未知", nil),
        ] as [(DefectClass, String, String, String, String?)]
    )
    func inThreeLanguages(
        _ name: DefectClass,
        english: String,
        german: String,
        chinese: String,
        vda16: String?
    ) {
        #expect(name.names == [.english: english, .german: german, .chinese: chinese])
        #expect(name.name(in: .german) == german)
        #expect(name.vda16 == vda16)
    }

    @Test func noTwoClassesShareAName() {
        for language in Language.allCases {
            #expect(
                Set(DefectClass.allCases.map { $0.name(in: language) }).count == DefectClass.allCases.count
            )
        }
    }
}
