using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Repro.Engine.Models;
using static TorchSharp.torch;

namespace Repro.Engine.Cores;

/// <summary>
/// Independent work on small models side by side, each piece on one core. Operations on a small model are too short for libtorch to spread over cores;
/// whole pieces of work are not. The last bit of a number may depend on the threads an operation has, so each piece has one, also when it is alone.
/// </summary>
public static class OneCoreEach
{
    // Products of wider models keep all cores busy by themselves.
    private const long MostWeights = 1 << 26;

    /// <summary>Whether work on a model is worth being done side by side: on the CPU, and too little for an operation to be spread.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="device">Where it is.</param>
    public static bool IsSmall(LlamaConfig config, Device device) =>
        device.type == TorchSharp.DeviceType.CPU && ParameterSet.Shapes(config).Sum(s => s.Shape.Aggregate(1L, (a, b) => a * b)) <= MostWeights;

    /// <summary>How many pieces of work on a model run side by side: one per thread the caller may use, or one with all of them where the model is large.</summary>
    /// <inheritdoc cref="IsSmall"/>
    public static int Degree(LlamaConfig config, Device device) => IsSmall(config, device) ? Math.Min(Environment.ProcessorCount, get_num_threads()) : 1;

    /// <summary>Runs one piece of work as it would run beside others: on a thread of its own with one core, so that its numbers are those it has there.</summary>
    /// <param name="run">The work.</param>
    public static void Alone(Action run) => ForEach<Action>([run], degree: 2, work => work());

    /// <summary>Runs all items, some at a time; when one throws, no further one begins and the first exception is thrown again.</summary>
    /// <param name="items">What to run.</param>
    /// <param name="degree">Most at a time; with 1 they run on the caller's thread.</param>
    /// <param name="run">Runs one.</param>
    public static void ForEach<T>(IReadOnlyCollection<T> items, int degree, Action<T> run)
    {
        if (degree == 1)
        {
            foreach (T item in items)
                run(item);
            return;
        }

        int threadsBefore = get_num_threads();
        ConcurrentQueue<T> waiting = new(items);
        ConcurrentQueue<ExceptionDispatchInfo> failures = new();
        void Work()
        {
            // libtorch keeps this number per thread.
            set_num_threads(1);
            while (failures.IsEmpty && waiting.TryDequeue(out T? item))
            {
                try
                {
                    run(item);
                }
                catch (Exception e)
                {
                    failures.Enqueue(ExceptionDispatchInfo.Capture(e));
                }
            }
        }

        Thread[] threads = [.. Enumerable.Range(0, Math.Min(degree, items.Count)).Select(_ => new Thread(Work))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        set_num_threads(threadsBefore);
        if (failures.TryDequeue(out ExceptionDispatchInfo? first))
            first.Throw();
    }
}
