using System;
using System.Runtime.InteropServices;

namespace Chain.Node.Storage.Rocks;

/// <summary>
/// Counts the uses of an object of the package and disposes it when the last of them is done, before its parent. The package
/// does neither: a call after dispose hands a null pointer to native code, a close beside a running call or before its
/// iterators frees what they read, and its finalizers run in any order.
/// </summary>
internal sealed class RocksReference<T> : SafeHandle where T : class, IDisposable
{
    private readonly SafeHandle? _parent;

    /// <summary>Throws <see cref="ObjectDisposedException"/> before <paramref name="create"/> runs when the parent is disposed.</summary>
    /// <param name="parent">Stays open as long as this; null for none.</param>
    public RocksReference(SafeHandle? parent, Func<T> create) : base(0, ownsHandle: true)
    {
        bool held = false;
        parent?.DangerousAddRef(ref held);
        try
        {
            // Rooted until it is disposed, so that the package's finalizers never run on it.
            SetHandle(GCHandle.ToIntPtr(GCHandle.Alloc(create())));
        }
        catch
        {
            if (held) parent!.DangerousRelease();
            throw;
        }
        _parent = parent;
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Keeps the object open until the answer is disposed. Throws <see cref="ObjectDisposedException"/>.</summary>
    public Use Acquire() => new(this);

    protected override bool ReleaseHandle()
    {
        GCHandle root = GCHandle.FromIntPtr(handle);
        ((T)root.Target!).Dispose();
        root.Free();
        _parent?.DangerousRelease();
        return true;
    }

    public readonly ref struct Use
    {
        private readonly RocksReference<T> _owner;

        public Use(RocksReference<T> owner)
        {
            bool held = false;
            owner.DangerousAddRef(ref held);
            _owner = owner;
            Target = (T)GCHandle.FromIntPtr(owner.handle).Target!;
        }

        public T Target { get; }

        public void Dispose() => _owner.DangerousRelease();
    }
}
