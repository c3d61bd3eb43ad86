extension ClassRule {
    /// The rules that are used unless the recipe has its own. The first that fits decides.
    ///
    /// Read from the top: first what has both a dark and a bright part, then what is long, then what
    /// is compact. The numbers stand here and nowhere else; they are tuned on simulated panels.
    ///
    /// Lengths are in pixels of the picture, since the default recipe judges any picture.
    public static let builtIn: [ClassRule] = [
        // A pit with its rim: compact, and the opposite polarity all the way round.
        ClassRule(
            .crater,
            when: [
                .init(.oppositeShare, .above(0.1)),
                .init(.rimCoverage, .above(0.7)),
                .init(.elongation, .below(2.5)),
            ]
        ),
        // A smooth deformation: bright on one side, dark on the other, no edge.
        ClassRule(
            .dent,
            when: [
                .init(.oppositeShare, .above(0.15)),
                .init(.edgeSharpness, .below(0.2)),
                .init(.elongation, .below(3)),
            ]
        ),
        // Paint that flowed: long, wide and soft.
        ClassRule(
            .run,
            when: [
                .init(.elongation, .above(2)),
                .init(.edgeSharpness, .below(0.15)),
                .init(.width, .above(8, .pixels)),
            ]
        ),
        // Long and curved.
        ClassRule(.fibre, when: [.init(.elongation, .above(4)), .init(.curvature, .above(1.03))]),
        // Long, thin and straight.
        ClassRule(.scratch, when: [.init(.elongation, .above(4))]),
        // A tiny round hole.
        ClassRule(
            .pinhole,
            polarity: .dark,
            when: [
                .init(.size, .below(7, .pixels)),
                .init(.elongation, .below(1.29)),
                .init(.circularity, .above(0.96)),
                .init(.oppositeShare, .below(0.1)),
            ]
        ),
        // A large spot without an edge.
        ClassRule(
            .stain,
            when: [
                .init(.size, .above(20, .pixels)),
                .init(.edgeSharpness, .below(0.12)),
            ]
        ),
        // A compact spot with an edge.
        ClassRule(
            .inclusion,
            when: [
                .init(.elongation, .below(4)),
                .init(.edgeSharpness, .above(0.1)),
            ]
        ),
    ]
}
