import ClearcoatInspection

extension JSONCursor {
    /// How even a zone's surface was, without the limits that it exceeded.
    mutating func appearance() throws(Malformed) -> Appearance {
        var appearance = Appearance.unmeasured
        try object { (key, cursor) throws(Malformed) in
            switch key {
            case "zone": appearance.zone = try cursor.null() ? nil : try cursor.string()
            case "areaPx": appearance.areaPx = try cursor.number()
            case "bands":
                try cursor.array { (cursor) throws(Malformed) in
                    appearance.bands.append(try cursor.band())
                }
            case "wavinessPercent": appearance.wavinessPercent = try cursor.optionalNumber()
            case "wavinessPx": appearance.wavinessPx = try cursor.numbers()
            case "wavinessMm": appearance.wavinessMm = try cursor.null() ? nil : try cursor.numbers()
            case "mottlingPercent": appearance.mottlingPercent = try cursor.optionalNumber()
            case "unevennessPercent": appearance.unevennessPercent = try cursor.optionalNumber()
            case "squarePx": appearance.squarePx = try cursor.number()
            case "squareMm": appearance.squareMm = try cursor.optionalNumber()
            default: try cursor.skip()
            }
        }
        return appearance
    }

    private mutating func band() throws(Malformed) -> Appearance.Band {
        var band = Appearance.Band.unmeasured
        try object { (key, cursor) throws(Malformed) in
            switch key {
            case "fromPx": band.fromPx = try cursor.number()
            case "toPx": band.toPx = try cursor.number()
            case "fromMm": band.fromMm = try cursor.optionalNumber()
            case "toMm": band.toMm = try cursor.optionalNumber()
            case "contrastPercent": band.contrastPercent = try cursor.number()
            default: try cursor.skip()
            }
        }
        return band
    }

    /// An array of numbers.
    mutating func numbers() throws(Malformed) -> [Double] {
        var numbers: [Double] = []
        try array { (cursor) throws(Malformed) in numbers.append(try cursor.number()) }
        return numbers
    }
}
