using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Planning;

public sealed class MemoryPlannerTests
{
    private const long GB = 1_000_000_000;
    private const long BatchTokens = 512;
    private static readonly LlamaConfig Shape = KnownShapes.Llama2Of7B;
    private static readonly ModelSize Size = new(Shape, ScalarType.BFloat16);

    [Test]
    public void The_sizes_of_llama_2_7b_are_those_of_its_published_shape()
    {
        // 32 blocks of 4 · 4096² + 3 · 4096 · 11008 + 2 · 4096 weights; embedding and head of 32000 · 4096; a norm of 4096.
        Size.BlockWeights.Should().Be(32L * ((4L * 4096 * 4096) + (3L * 4096 * 11_008) + (2 * 4096)));
        (Size.BlockWeights + Size.OtherWeights).Should().Be(6_738_415_616);
        Size.Weights.Should().Be(2 * 6_738_415_616);
        Size.Sums.Should().Be(4 * Size.BlockWeights);
        Size.Block.Should().Be(2 * ((4L * 4096 * 4096) + (3L * 4096 * 11_008) + (2 * 4096)));

        // Two operations per weight that a token meets: all but the embedding and the final norm, which are looked up and multiplied.
        Size.ForwardOperations(0).Should().Be(2.0 * (Size.BlockWeights + (32_000.0 * 4096)));
    }

    [TestCase(128, SumPlacement.Device, false, TestName = "Everything in memory where it fits")]
    [TestCase(20, SumPlacement.File, false, TestName = "Weights in memory and sums in a file on 24 GB")]
    [TestCase(8, SumPlacement.File, true, TestName = "Blocks streamed where the weights do not fit")]
    public void On_a_cpu(int memory, SumPlacement sums, bool streams)
    {
        MemoryPlan plan = Plan(new MemoryBudget(memory * GB, null, 100 * GB));
        plan.Sums.Should().Be(sums);
        plan.StreamsBlocks.Should().Be(streams);
        (plan.TokensTogether == 0).Should().Be(sums == SumPlacement.Device);
        plan.Lines.Should().HaveCount(3);
    }

    [TestCase(78, 128, SumPlacement.Device, false)]
    [TestCase(24, 128, SumPlacement.Host, false)]
    [TestCase(24, 16, SumPlacement.File, false)]
    [TestCase(8, 128, SumPlacement.Host, true)]
    public void On_a_gpu_of_so_many_gb_in_a_host_of_so_many(int device, int host, SumPlacement sums, bool streams)
    {
        MemoryPlan plan = Plan(new MemoryBudget(host * GB, device * GB, 100 * GB));
        plan.Sums.Should().Be(sums);
        plan.StreamsBlocks.Should().Be(streams);
    }

    [Test]
    public void What_cannot_fit_is_refused_with_what_it_takes_and_what_there_is()
    {
        FluentActions.Invoking(() => Plan(new MemoryBudget(1 * GB, null, 100 * GB))).Should().Throw<InputException>().WithMessage("*of memory even with one block at a time*1 GB may be used*--memory*");
        FluentActions.Invoking(() => Plan(new MemoryBudget(16 * GB, null, 20 * GB))).Should().Throw<InputException>().WithMessage("*25.9 GB*disk (20 GB free)*");
    }

    [Test]
    public void Training_7b_is_refused_on_80_gb_and_fits_into_two_of_them()
    {
        FluentActions.Invoking(() => MemoryPlanner.CheckTraining(Size, new MemoryBudget(100 * GB, 80 * GB, 0), 1)).Should().Throw<InputException>().WithMessage("*135 GB*80 GB*");
        FluentActions.Invoking(() => MemoryPlanner.CheckTraining(Size, new MemoryBudget(100 * GB, 80 * GB, 0), 2)).Should().NotThrow();
    }

    [Test]
    public void A_small_model_keeps_its_graph()
    {
        LlamaConfig tiny = Shape with { VocabularySize = 4096, HiddenSize = 128, IntermediateSize = 344, LayerCount = 4, HeadCount = 4, KeyValueHeadCount = 4, HeadSize = 32 };
        MemoryPlan plan = MemoryPlanner.ForImportance(new ModelSize(tiny, ScalarType.Float32), tiny, new DeviceMap([CPU], 4), new MemoryBudget(1 * GB, null, 1 * GB), 1280);
        (plan.Sums, plan.StreamsBlocks, plan.TokensTogether).Should().Be((SumPlacement.Device, false, 0L));
    }

    [TestCase("20GB", 20_000_000_000)]
    [TestCase("1.5 GB", 1_500_000_000)]
    [TestCase("512mb", 512_000_000)]
    [TestCase("4096", 4096)]
    public void Amounts_of_memory_are_read(string text, long bytes) => ByteSize.Parse(text).Should().Be(bytes);

    [TestCase("")]
    [TestCase("GB")]
    [TestCase("-1GB")]
    [TestCase("0")]
    [TestCase("ten GB")]
    [TestCase("1e300GB")]
    public void Other_amounts_are_refused(string text) =>
        FluentActions.Invoking(() => ByteSize.Parse(text)).Should().Throw<InputException>().WithMessage("*20GB*");

    [TestCase(13_476_831_232, "13.5 GB")]
    [TestCase(404_766_720, "405 MB")]
    [TestCase(12, "12 B")]
    public void Amounts_are_written_with_three_digits(long bytes, string text) => ByteSize.Text(bytes).Should().Be(text);

    private static MemoryPlan Plan(MemoryBudget budget) => MemoryPlanner.ForImportance(Size, Shape, new DeviceMap([CPU], Shape.LayerCount), budget, BatchTokens);
}
