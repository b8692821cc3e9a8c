using Repro.Engine.Models;
using Repro.Engine.Storage;
using TorchSharp;

namespace Repro.Engine.Tests.Models;

public sealed class DevicesTests
{
    [Test]
    public void Cpu_is_always_there() => Devices.Parse("cpu").type.Should().Be(DeviceType.CPU);

    [TestCase("gpu")]
    [TestCase("")]
    [TestCase("CPU")]
    [TestCase("cuda:")]
    [TestCase("cuda:x")]
    [TestCase("cuda:-1")]
    [TestCase("cudax")]
    public void A_name_that_is_no_device_is_refused(string name) =>
        FluentActions.Invoking(() => Devices.Parse(name)).Should().Throw<InputException>().WithMessage($"'{name}' is not a device*");

    [Test]
    public void A_device_this_machine_lacks_is_named() =>
        FluentActions.Invoking(() => Devices.Parse("cuda:99")).Should().Throw<InputException>().WithMessage("*'cuda:99'*--device cpu*");
}
