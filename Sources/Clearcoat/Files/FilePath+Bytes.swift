package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension FilePath {
    /// The path as the system has it: any bytes but zero.
    package var bytes: [UInt8] {
        // SAFETY: the string ends with a zero and is only used inside.
        unsafe withPlatformString { text in
            unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
        }
    }

    /// A path from the bytes that the system gave for it.
    package init(bytes: [UInt8]) {
        // SAFETY: the array ends with a zero.
        unsafe self.init(platformString: bytes.map { CChar(bitPattern: $0) } + [0])
    }
}
