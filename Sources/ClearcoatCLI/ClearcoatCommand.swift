@main
struct ClearcoatCommand {
    static func main() {}
}
