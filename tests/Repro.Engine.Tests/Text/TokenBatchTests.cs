using Repro.Engine.Text;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Text;

public sealed class TokenBatchTests
{
    [Test]
    public void Every_token_but_the_last_predicts_the_next()
    {
        using TokenBatch batch = new([[1, 7, 8, 2]]);
        Values(batch.Inputs_BT).Should().Equal(1, 7, 8);
        Values(batch.Targets_BT).Should().Equal(7, 8, 2);
        batch.Predicted.Should().Be(3);
    }

    [Test]
    public void Shorter_documents_are_padded_on_the_right_and_their_padding_ignored()
    {
        using TokenBatch batch = new([[1, 7, 2], [1, 3, 4, 5, 2], [1, 2]]);
        batch.Inputs_BT.shape.Should().Equal(3, 4);
        batch.Targets_BT.shape.Should().Equal(3, 4);
        Values(batch.Inputs_BT).Should().Equal(1, 7, 0, 0, 1, 3, 4, 5, 1, 0, 0, 0);
        Values(batch.Targets_BT).Should().Equal(7, 2, -100, -100, 3, 4, 5, 2, 2, -100, -100, -100);
        batch.Predicted.Should().Be(2 + 4 + 1);
    }

    [Test]
    public void The_last_token_of_the_longest_document_is_never_read()
    {
        using TokenBatch batch = new([[1, 9], [1, 7, 9]]);
        Values(batch.Inputs_BT).Should().NotContain(9);
    }

    [Test]
    public void The_tensors_outlive_a_dispose_scope_of_the_caller()
    {
        TokenBatch batch;
        using (NewDisposeScope())
            batch = new([[1, 7, 2]]);
        batch.Inputs_BT.IsInvalid.Should().BeFalse();
        batch.Dispose();
        batch.Inputs_BT.IsInvalid.Should().BeTrue();
        batch.Targets_BT.IsInvalid.Should().BeTrue();
    }

    private static long[] Values(Tensor tensor) => tensor.flatten().data<long>().ToArray();
}
