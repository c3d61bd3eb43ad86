/// The hash by which a page's policy names the one style and the one script that it allows.
///
/// - Reference: FIPS 180-4. The constants are the first 32 bits of the fractions of square and cube roots
///   of primes, computed here in whole numbers.
package enum SHA256 {
    /// `'sha256-…'` as a content security policy writes it.
    package static func policySource(of text: String) -> String {
        "'sha256-\(base64(hash(of: Array(text.utf8))))'"
    }

    /// The 32 bytes of the hash.
    package static func hash(of message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        padded += Array(repeating: 0, count: (120 - padded.count % 64) % 64)
        padded += (0..<8).map {
            UInt8(truncatingIfNeeded: (UInt64(message.count) * 8) >> (56 - 8 * UInt64($0)))
        }
        var state = initial
        for start in stride(from: 0, to: padded.count, by: 64) {
            mix(padded[start..<start + 64], into: &state)
        }
        return state.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) }
        }
    }

    /// Bytes in the alphabet of RFC 4648.
    package static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let sextet = alphabet[Int(bits >> (18 - 6 * UInt32(place))) & 63]
                result.append(place <= group.count ? sextet : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func mix(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        func turned(_ word: UInt32, _ by: UInt32) -> UInt32 { word >> by | word << (32 - by) }
        var schedule = stride(from: block.startIndex, to: block.endIndex, by: 4).map { start in
            block[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for step in 16..<64 {
            let early = schedule[step - 15]
            let late = schedule[step - 2]
            schedule.append(
                schedule[step - 16] &+ (turned(early, 7) ^ turned(early, 18) ^ early >> 3)
                    &+ schedule[step - 7] &+ (turned(late, 17) ^ turned(late, 19) ^ late >> 10)
            )
        }
        var s = state
        for step in 0..<64 {
            let choice = s[4] & s[5] ^ ~s[4] & s[6]
            let first = s[7] &+ (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) &+ choice
            let one = first &+ constants[step] &+ schedule[step]
            let majority = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]
            let two = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)) &+ majority
            s = [one &+ two, s[0], s[1], s[2], s[3] &+ one, s[4], s[5], s[6]]
        }
        for index in 0..<8 { state[index] &+= s[index] }
    }

    private static let primes = (2...311).filter { number in !(2..<number).contains { number % $0 == 0 } }
    private static let initial = primes.prefix(8).map { fraction(ofRoot: 2, of: $0) }
    private static let constants = primes.map { fraction(ofRoot: 3, of: $0) }

    /// The first 32 bits of the fraction of a root: the largest r with r^n <= prime * 2^(32 n), modulo 2^32.
    private static func fraction(ofRoot degree: Int, of prime: Int) -> UInt32 {
        var root: UInt128 = 0
        for bit in (0..<37).reversed() {
            let trial = root | 1 << UInt128(bit)
            let power = (0..<degree).reduce(UInt128(1)) { value, _ in value * trial }
            if power <= UInt128(prime) << UInt128(32 * degree) { root = trial }
        }
        return UInt32(truncatingIfNeeded: root)
    }
}
