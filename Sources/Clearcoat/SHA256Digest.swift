internal import Crypto

/// The SHA-256 hash of some bytes: tells whether two files are the same.
package struct SHA256Digest: Sendable, Hashable {
    /// 64 digits, lower case.
    package let hexadecimal: String

    /// Hashes `bytes`.
    package init(of bytes: [UInt8]) {
        hexadecimal = SHA256.hash(data: bytes)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            .joined()
    }
}
