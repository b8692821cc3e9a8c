using Repro.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Native;

public sealed class ScalarsTests
{
    [Test]
    public void They_do_what_the_operators_do()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor([1.5f, -2f]);
        Tensor b = tensor([0.25f, 4f]);
        a.Plus(b).data<float>().ToArray().Should().Equal(1.75f, 2f);
        a.Plus(3).data<float>().ToArray().Should().Equal(4.5f, 1f);
        a.Times(2).data<float>().ToArray().Should().Equal(3f, -4f);
        a.Over(2).data<float>().ToArray().Should().Equal(0.75f, -1f);
        a.Squared().data<float>().ToArray().Should().Equal(2.25f, 4f);
        a.Add(b);
        a.data<float>().ToArray().Should().Equal(1.75f, 2f);
    }

    // Before, a collection in the middle of an operation freed the number that it was computing with: about once in a million operations.
    [Test]
    public void A_number_outlives_a_collection_until_the_thread_has_made_several_more()
    {
        Scalar kept = Scalars.Of(2.5);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        kept.ToDouble().Should().Be(2.5);
        WeakReference first = Weak();
        Collect();
        first.IsAlive.Should().BeTrue("the thread has made no other since");
        for (int i = 0; i < 8; i++)
            Scalars.Of(i);
        Collect();
        first.IsAlive.Should().BeFalse("the thread keeps its latest eight");

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Weak() => new(Scalars.Of(1.5));

        static void Collect()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
