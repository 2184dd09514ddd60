@main
enum Scriptorium {
    static func main() {
        print("Scriptorium")
    }
}
