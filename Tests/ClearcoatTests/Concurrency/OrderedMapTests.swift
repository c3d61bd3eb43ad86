import Clearcoat
import ClearcoatFileTestSupport
import Testing

/// 0 ..< `count` as an asynchronous source; `taken` counts how many were taken from it.
private func numbers(_ count: Int, taken: Meter = Meter()) -> AsyncStream<Int> {
    AsyncStream {
        let next = taken.entered
        guard next < count else { return nil }
        taken.enter()
        return next
    }
}

@Suite("OrderedMap", .timeLimit(.minutes(watchdogMinutes)))
struct OrderedMapTests {
    @Test("results come in input order although work ends in another", arguments: [1, 2, 7])
    func order(workers: Int) async {
        let gates = (0..<20).map { _ in Gate() }
        // Opens every worker's gate from the last to the first of those that are running.
        let meter = Meter()
        let map = OrderedMap(numbers(20), workers: workers, inFlight: workers + 2) {
            index -> Int in
            meter.enter()
            await gates[index].pass()
            meter.leave()
            return index * 10
        }
        async let results = map.reduce(into: []) { $0.append($1) }
        var next = 0
        while next < 20 {
            let group = next..<min(next + workers, 20)
            await meter.wait { $0.entered >= group.upperBound }
            for index in group.reversed() { gates[index].open() }
            next = group.upperBound
        }
        #expect(await results == (0..<20).map { $0 * 10 })
        #expect(meter.most <= workers)
    }

    @Test("a slow consumer slows the source, and no more than the workers work")
    func bounded() async {
        let taken = Meter()
        let working = Meter()
        let map = OrderedMap(numbers(100, taken: taken), workers: 3, inFlight: 5) { index -> Int in
            working.enter()
            defer { working.leave() }
            await Task.yield()
            return index
        }
        var count = 0
        for await index in map {
            #expect(index == count)
            count += 1
            // Everything that may be taken is taken while the consumer dawdles, and never more.
            await taken.wait { $0.entered >= min(100, count + 4) }
            for _ in 0..<20 { await Task.yield() }
            #expect(taken.entered <= count + 4)
        }
        #expect(count == 100)
        #expect(working.most <= 3)
        #expect(working.inside == 0)
    }

    @Test("a result is delivered while the source has nothing new")
    func deliversWhileWaiting() async {
        let (inputs, source) = AsyncStream.makeStream(of: Int.self)
        let map = OrderedMap(inputs, workers: 4, inFlight: 8) { $0 + 1 }
        var iterator = map.makeAsyncIterator()
        source.yield(1)
        #expect(await iterator.next() == 2)
        source.yield(2)
        #expect(await iterator.next() == 3)
        source.finish()
        #expect(await iterator.next() == nil)
        #expect(await iterator.next() == nil)
    }

    @Test("cancelling the consumer cancels the work and waits for its end")
    func cancellation() async {
        let working = Meter()
        let cancelled = Gate()
        let map = OrderedMap(numbers(100), workers: 2, inFlight: 4) { index -> Bool in
            working.enter()
            defer { working.leave() }
            await withTaskCancellationHandler {
                await cancelled.pass()
            } onCancel: {
                cancelled.open()
            }
            return Task.isCancelled
        }
        let consumer = Task {
            var delivered = 0
            for await _ in map { delivered += 1 }
            return (delivered, working.inside)
        }
        await working.wait { $0.inside == 2 }
        consumer.cancel()
        let (delivered, stillWorking) = await consumer.value
        #expect(delivered <= 2)
        #expect(stillWorking == 0)
        #expect(working.entered == 2)
    }

    @Test("dropping the iterator cancels the work")
    func abandoned() async {
        let working = Meter()
        let forever = Gate()
        func takeOne() async {
            let map = OrderedMap(numbers(100), workers: 2, inFlight: 2) { index -> Int in
                working.enter()
                defer { working.leave() }
                if index == 0 { return index }
                await withTaskCancellationHandler {
                    await forever.pass()
                } onCancel: {
                    forever.open()
                }
                return index
            }
            for await _ in map { break }
        }
        await takeOne()
        await working.wait { $0.inside == 0 && $0.entered >= 1 }
        #expect(working.entered <= 3)
    }

    @Test("an error of the source comes after everything that was taken before it")
    func sourceFails() async {
        struct Broken: Error {}
        let inputs = AsyncThrowingStream<Int, any Error> { continuation in
            for index in 0..<5 { continuation.yield(index) }
            continuation.finish(throwing: Broken())
        }
        var results: [Int] = []
        await #expect(throws: Broken.self) {
            for try await result in OrderedMap(inputs, workers: 2, inFlight: 3, work: { $0 }) {
                results.append(result)
            }
        }
        #expect(results == [0, 1, 2, 3, 4])
    }

    @Test("no input, no output")
    func empty() async {
        let map = OrderedMap(numbers(0), workers: 2, inFlight: 2) { $0 }
        #expect(await map.reduce(into: 0) { count, _ in count += 1 } == 0)
    }
}
