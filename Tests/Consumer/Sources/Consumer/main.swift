// Inspects one picture with nothing but the library's public face: what a tool developer writes first.
import Clearcoat

let path = CommandLine.arguments.dropFirst().first ?? "../../SampleImages/white-hood-specks.jpg"
switch await Inspector().inspect(Capture(path: path)) {
case .inspected(let record, _):
    print(record.verdict.rawValue)
    for finding in record.findings { print(finding.class.rawValue, finding.sizePx, finding.centroid) }
case .failed(let failure): print(failure)
}
