/// Which pixels are neighbours.
///
/// ```
///   four      eight
///  . # .      # # #
///  # o #      # o #
///  . # .      # # #
/// ```
public enum Connectivity: Sendable, Hashable, CaseIterable {
    /// The pixels that share a side.
    case four
    /// The pixels that share a side or a corner.
    case eight

    /// How the background is connected when the foreground is connected this way. With any other pair
    /// a closed curve need not part its inside from its outside.
    public var dual: Connectivity { self == .four ? .eight : .four }
}
